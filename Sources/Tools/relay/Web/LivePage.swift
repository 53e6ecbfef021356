import Console
import Conversations
import Sockets

/// The conversations as a page that grows while the programs talk, for any number of browsers on
/// this machine.
///
/// It lives on the relay's one thread, and never waits for a browser: an event is kept once, each
/// browser has its own place among the events, and one that does not read is dropped.
final class LivePage {
    /// How many bytes of new events may wait for a browser that takes nothing.
    private static let waitingLimit = 1_048_576
    /// How much is sent to one browser before the next has its turn.
    private static let turn = 262_144
    /// Events that come close together leave together.
    private static let flushTime = Duration.milliseconds(25)
    /// How often a browser that has nothing to get is sent a sign of life.
    private static let signTime = Duration.seconds(15)
    /// How long a browser may take to close its side.
    private static let leavingTime = Duration.seconds(1)

    private let listener: Socket
    private let port: Int
    private let timeout: Duration
    private let showsSegments: Bool
    private let exercise: String
    private var route = (clients: "", server: "")
    private var poller: Poller?
    private var viewers: [Int: Viewer] = [:]
    /// The tokens of the views are below 0.
    private var lastToken = -1
    private var log = EventLog()
    /// Up to where the events have been offered to the viewers, and when to offer the next.
    private var flushed = (next: 0, end: 0)
    private var flushDue = Instant.now
    /// No viewer has to be looked at before.
    private var checkDue = Instant.distantFuture
    /// When to accept again, while descriptors have run out.
    private var acceptAgain: Instant?
    private var buffer = [UInt8](repeating: 0, count: 16_384)

    /// Listens on 127.0.0.1.
    ///
    /// - Throws: `SocketError` for `bind` or `listen`.
    init(port: Int, exercise: String, timeout: Duration, showsSegments: Bool) throws {
        self.exercise = exercise
        self.timeout = timeout
        self.showsSegments = showsSegments
        listener = try Socket.listener(on: .first(of: ("127.0.0.1", port)))
        try listener.setBlocking(false)
        self.port = try listener.localAddress.port
    }

    /// Begins to serve.
    ///
    /// - Parameters:
    ///   - clients: Where clients connect to the relay.
    ///   - server: Where the relay connects to.
    func open(with poller: Poller, clients: SocketAddress, server: SocketAddress) throws {
        self.poller = poller
        route = ("\(clients)", "\(server)")
        try poller.add(listener, for: .reading, token: -1)
        diagnose("watch at http://127.0.0.1:\(port)/")
    }

    /// When there is something to do without any socket.
    var due: Instant? {
        let flush = log.next > flushed.next && !viewers.isEmpty ? flushDue : checkDue
        let first = min(flush, checkDue, acceptAgain ?? .distantFuture)
        return first == .distantFuture ? nil : first
    }

    /// Keeps an event, which leaves with the next `settle()`.
    func show(_ event: Event) {
        switch event.kind {
        case .arrives: return
        case .segment where !showsSegments: return
        default: log.append(isMessage: event.isMessage) { event.json(message: $0) }
        }
    }

    /// The socket with this token is ready.
    func attend(_ token: Int, _ ready: Poller.Event) {
        if token == -1 { return acceptViewers() }
        guard let viewer = viewers[token] else { return }
        if ready.isReadable { receive(from: viewer) }
        guard viewers[token] != nil else { return }
        if ready.isWritable { viewer.isFull = false }
        pump(viewer)
    }

    /// Sends the new events, and drops the viewers that have had their time.
    func settle() {
        let now = Instant.now
        if log.next > flushed.next, flushDue <= now || log.end - flushed.end > Self.turn {
            flushed = (log.next, log.end)
            for viewer in viewers.values where viewer.stage == .watching { pump(viewer) }
            // A crowd of viewers takes a fifth of the time at most; the programs have the rest.
            let end = Instant.now
            flushDue = end + max(Self.flushTime, (end - now) * 4)
        }
        if checkDue <= now {
            checkDue = .distantFuture
            for viewer in viewers.values { check(viewer, now) }
        }
        if let again = acceptAgain, again <= now {
            acceptAgain = nil
            try? poller?.add(listener, for: .reading, token: -1)
        }
    }

    /// Sends the rest as far as it is taken at once, and ends.
    func finish() {
        for viewer in viewers.values {
            if viewer.stage == .watching { pump(viewer) }
            if viewer.stage == .watching, viewer.pending.isEmpty, viewer.place == log.next {
                _ = try? viewer.socket.send(Array("event: end\ndata: {}\n\n".utf8))
            }
            drop(viewer)
        }
        listener.close()
    }

    // MARK: One viewer

    private func acceptViewers() {
        do throws(SocketError) {
            // Some at a time, so that a crowd does not keep the programs waiting.
            for _ in 0..<64 {
                guard let (socket, _) = try listener.accept() else { return }
                lastToken -= 1
                let viewer = Viewer(socket, token: lastToken, deadline: .now + timeout)
                try socket.setBlocking(false)
                try? socket.setOption(.noDelay, to: 1)
                // Or the kernel would keep some MB for each browser that does not read.
                try? socket.setOption(.sendBuffer, to: Self.turn)
                try poller?.add(socket, for: .reading, token: lastToken)
                viewers[lastToken] = viewer
                checkDue = min(checkDue, viewer.deadline)
            }
        } catch {
            diagnose("a viewer of the page: \(error)")
            guard error.isOutOfDescriptors else { return }
            poller?.remove(listener)
            acceptAgain = .now + .seconds(1)
        }
    }

    private func receive(from viewer: Viewer) {
        switch viewer.receive(by: &buffer) {
        case .nothing: break
        case .request(let head): answer(viewer, head)
        case .tooLongRequest: respond(PageResponse.refusal(.tooLong), to: viewer)
        case .end: drop(viewer)
        }
    }

    private func answer(_ viewer: Viewer, _ head: ArraySlice<UInt8>) {
        do throws(PageRefusal) {
            switch try PageRequest(head, port: port) {
            case .page: respond(PageResponse.page(), to: viewer)
            case .events(let id):
                respond(PageResponse.events + beginning, to: viewer)
                viewer.stage = .watching
                viewer.place = log.place(after: id)
                viewer.joined = log.end
            }
        } catch {
            respond(PageResponse.refusal(error), to: viewer)
        }
    }

    private func respond(_ bytes: [UInt8], to viewer: Viewer) {
        viewer.pending = bytes[...]
        viewer.stage = .answering
        postpone(viewer, .now + timeout)
    }

    /// The words that a browser gets first: the exercise and the two addresses.
    private var beginning: [UInt8] {
        var json = JSONText()
        json.add("run", log.run)
        json.add("exercise", exercise)
        json.add("clients", route.clients)
        json.add("server", route.server)
        json.add("older", log.olderMessages)
        return Array("retry: 1000\nevent: begin\ndata: \(json.object)\n\n".utf8)
    }

    /// Sends as much as a viewer takes now.
    private func pump(_ viewer: Viewer) {
        var sent = 0
        let wasFull = viewer.isFull
        do throws(SocketError) {
            sent = try viewer.send(from: log, upTo: Self.turn)
            if viewer.stage == .answering, viewer.pending.isEmpty {
                guard !viewer.inputEnded else { return drop(viewer) }
                // Closed at once, with input unread, the page would be lost by a reset.
                try viewer.socket.shutdown(.sending)
                viewer.stage = .leaving
                postpone(viewer, .now + Self.leavingTime)
            }
        } catch {
            return drop(viewer)
        }
        if viewer.stage == .watching {
            // Bytes that it takes show that it reads; when it takes nothing more, its time begins.
            if sent > 0 || viewer.isFull != wasFull {
                postpone(viewer, .now + (viewer.isFull ? timeout : Self.signTime))
            }
            let waiting = log.end - max(log.offset(of: viewer.place), viewer.joined)
            if viewer.isFull, waiting > Self.waitingLimit { return dropUnread(viewer) }
        }
        watch(viewer)
    }

    private func watch(_ viewer: Viewer) {
        var interest: Interest = viewer.inputEnded ? [] : .reading
        if !viewer.pending.isEmpty || viewer.stage == .watching && viewer.place < log.next {
            interest.insert(.writing)
        }
        guard interest != viewer.watched else { return }
        viewer.watched = interest
        try? poller?.change(viewer.socket, to: interest)
    }

    private func check(_ viewer: Viewer, _ now: Instant) {
        guard viewer.deadline <= now else { return checkDue = min(checkDue, viewer.deadline) }
        guard viewer.stage == .watching else { return drop(viewer) }
        guard !viewer.isFull else { return dropUnread(viewer) }
        if viewer.pending.isEmpty { viewer.pending = Array(":\n\n".utf8)[...] }
        postpone(viewer, now + Self.signTime)
        pump(viewer)
    }

    private func postpone(_ viewer: Viewer, _ deadline: Instant) {
        viewer.deadline = deadline
        checkDue = min(checkDue, deadline)
    }

    private func dropUnread(_ viewer: Viewer) {
        diagnose("a viewer of the page does not read, and is dropped")
        drop(viewer)
    }

    private func drop(_ viewer: Viewer) {
        viewers[viewer.token] = nil
        poller?.remove(viewer.socket)
        viewer.socket.close()
        if acceptAgain != nil { acceptAgain = .now }
    }
}
