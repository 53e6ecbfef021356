#if canImport(Darwin)
    import CSystem

    extension Poller {
        /// The system call that waits.
        public enum Mechanism: String, CaseIterable, Sendable {
            /// `select(2)`: exists everywhere; its cost grows with the highest descriptor.
            case select
            /// `poll(2)`: exists everywhere; its cost grows with the number of sockets.
            case poll
            /// `kqueue(2)`: its cost grows only with the number of ready sockets.
            case kqueue

            /// The best mechanism of this system.
            public static let best = kqueue

            func makeBackend() throws(SocketError) -> any PollerBackend {
                switch self {
                case .select: SelectBackend()
                case .poll: PollBackend()
                case .kqueue: try KqueueBackend()
                }
            }
        }
    }

    /// Watches with `kqueue(2)`.
    final class KqueueBackend: PollerBackend {
        private let queue: Int32
        // `kevent` is a function, too, and the compiler takes `[kevent](…)` for an array of it.
        private var events: [kevent] = Array(repeating: kevent(), count: 512)

        init() throws(SocketError) {
            queue = try systemCall(.poll) { kqueue() } ?? -1
        }

        deinit { close(queue) }

        func add(
            _ descriptor: Int32, for interest: Interest, generation: UInt32
        ) throws(SocketError) {
            try change(descriptor, from: [], to: interest, generation: generation)
        }

        func change(
            _ descriptor: Int32, from old: Interest, to interest: Interest, generation: UInt32
        ) throws(SocketError) {
            let filters = [(Interest.reading, EVFILT_READ), (.writing, EVFILT_WRITE)]
            for (kind, filter) in filters where old.contains(kind) != interest.contains(kind) {
                // The kernel returns the generation with each event. It shows whether the event is
                // for an earlier socket that had the same descriptor.
                var event = kevent(
                    ident: UInt(descriptor), filter: Int16(filter),
                    flags: UInt16(interest.contains(kind) ? EV_ADD : EV_DELETE), fflags: 0,
                    data: 0, udata: UnsafeMutableRawPointer(bitPattern: UInt(generation)))
                _ = try systemCall(.poll) { kevent(queue, &event, 1, nil, 0, nil) }
            }
        }

        func remove(_ descriptor: Int32, from interest: Interest) {
            try? change(descriptor, from: interest, to: [], generation: 0)
        }

        func wait(timeout: Duration?, into ready: inout [Readiness]) throws(SocketError) {
            let deadline = timeout.map { Instant.now + $0 }
            let count = try systemCall(.poll) {
                let rest = deadline.map { ($0 - .now).microseconds } ?? 0
                var time = timespec(
                    tv_sec: Int(rest / 1_000_000), tv_nsec: Int(rest % 1_000_000) * 1_000)
                return withUnsafePointer(to: &time) {
                    kevent(
                        queue, nil, 0, &events, Int32(events.count), deadline == nil ? nil : $0)
                }
            }
            for event in events.prefix(Int(count ?? 0)) {
                let isWriting = event.filter == Int16(EVFILT_WRITE)
                ready.append(
                    Readiness(
                        descriptor: Int32(event.ident),
                        generation: UInt32(UInt(bitPattern: event.udata)),
                        isReadable: !isWriting, isWritable: isWriting))
            }
        }
    }
#endif
