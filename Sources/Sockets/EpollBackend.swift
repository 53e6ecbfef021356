#if !canImport(Darwin)
    import CSystem

    extension Poller {
        /// The system call that waits.
        public enum Mechanism: String, CaseIterable, Sendable {
            /// `select(2)`: exists everywhere; its cost grows with the highest descriptor.
            case select
            /// `poll(2)`: exists everywhere; its cost grows with the number of sockets.
            case poll
            /// `epoll(7)`: its cost grows only with the number of ready sockets.
            case epoll

            /// The best mechanism of this system.
            public static let best = epoll

            func makeBackend() throws(SocketError) -> any PollerBackend {
                switch self {
                case .select: SelectBackend()
                case .poll: PollBackend()
                case .epoll: try EpollBackend()
                }
            }
        }
    }

    /// Watches with `epoll(7)`.
    final class EpollBackend: PollerBackend {
        private let queue: Int32
        private var events = [epoll_event](repeating: epoll_event(), count: 512)

        init() throws(SocketError) {
            queue = try systemCall(.poll) { epoll_create1(Int32(EPOLL_CLOEXEC)) } ?? -1
        }

        deinit { close(queue) }

        func add(
            _ descriptor: Int32, for interest: Interest, generation: UInt32
        ) throws(SocketError) {
            try control(EPOLL_CTL_ADD, descriptor, interest, generation)
        }

        func change(
            _ descriptor: Int32, from old: Interest, to interest: Interest, generation: UInt32
        ) throws(SocketError) {
            try control(EPOLL_CTL_MOD, descriptor, interest, generation)
        }

        func remove(_ descriptor: Int32, from interest: Interest) {
            try? control(EPOLL_CTL_DEL, descriptor, [], 0)
        }

        func wait(timeout: Duration?, into ready: inout [Readiness]) throws(SocketError) {
            let deadline = timeout.map { Instant.now + $0 }
            let count = try systemCall(.poll) {
                epoll_wait(
                    queue, &events, Int32(events.count),
                    deadline.map { ($0 - .now).milliseconds } ?? -1)
            }
            for event in events.prefix(Int(count ?? 0)) {
                ready.append(
                    Readiness(
                        descriptor: Int32(truncatingIfNeeded: event.data.u64),
                        generation: UInt32(truncatingIfNeeded: event.data.u64 >> 32),
                        isReadable: event.events & ~EPOLLOUT.rawValue != 0,
                        isWritable: event.events & EPOLLOUT.rawValue != 0))
            }
        }

        private func control(
            _ operation: Int32, _ descriptor: Int32, _ interest: Interest, _ generation: UInt32
        ) throws(SocketError) {
            var event = epoll_event()
            if interest.contains(.reading) { event.events |= EPOLLIN.rawValue }
            if interest.contains(.writing) { event.events |= EPOLLOUT.rawValue }
            // The kernel returns both with each event. The generation shows whether the event is
            // for an earlier socket that had the same descriptor.
            event.data.u64 = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
            _ = try systemCall(.poll) { epoll_ctl(queue, operation, descriptor, &event) }
        }
    }
#endif
