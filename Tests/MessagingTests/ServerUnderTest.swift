import Protocol
import Sockets
import Testing

@testable import Messaging

/// A server that a test runs event by event, on the test's own thread.
///
/// The test never waits for time. If no event tells that the server has come far enough, the test
/// rings a bell: a peer of its own, and its messages do not count.
final class ServerUnderTest<Format: Framing> {
    let server: MessageServer<Format>
    /// The events so far, one text for each.
    private(set) var events: [String] = []
    /// Every peer that was accepted, in order.
    private(set) var peers: [Peer<Format>] = []
    /// The exercise's action at an event.
    var onEvent: (MessageServer<Format>.Event) -> Void = { _ in }
    /// The exercise's action at a message.
    var onMessage: (Format.Incoming, Peer<Format>) -> Void = { _, _ in }

    private let framing: Format
    private let logged: Lines
    private let traced: Lines
    private let bellBytes: [UInt8]
    private var bell: Socket?
    private var bellRang = false
    /// How many connections had been accepted when `peers` was last looked after.
    private var notedCount = 0

    init(
        _ framing: Format, bell: [UInt8], timeout: Duration = .seconds(30),
        pause: Duration = .zero, outboxLimit: Int = 1_048_576,
        poller: Poller.Mechanism = .best, isTraced: Bool = false
    ) throws {
        let logged = Lines()
        let traced = Lines()
        self.framing = framing
        self.logged = logged
        self.traced = traced
        bellBytes = bell
        server = try MessageServer(
            framing, on: ("127.0.0.1", 0), timeout: timeout, pause: pause,
            outboxLimit: outboxLimit, poller: poller, log: { logged.all.append($0) },
            trace: isTraced ? { traced.all.append($0) } : nil)
    }

    /// The lines for stderr.
    var log: [String] { logged.all }
    /// The lines of the trace.
    var trace: [String] { traced.all }

    func connect() throws -> Socket {
        let client = try Socket.connection(
            to: ("127.0.0.1", server.address.port), timeout: .seconds(30))
        // Otherwise a message would wait for the acknowledgement of the message before.
        try client.setOption(.noDelay, to: 1)
        return client
    }

    /// Accepts the clients that have connected, before any of them is heard.
    func accept() throws {
        try server.loop.acceptClients()
        notePeers()
    }

    /// Connects a client and sends `bytes`, and pulls until its first message has come.
    func join(_ bytes: [UInt8]) throws -> (client: Socket, peer: Peer<Format>) {
        let client = try connect()
        try client.sendAll(bytes)
        let address = try client.localAddress
        var joined: Peer<Format>?
        while joined == nil {
            let event = try next()
            if case .received(_, let peer) = event, peer.address == address { joined = peer }
        }
        finishEvent()
        return (client, try #require(joined))
    }

    /// Keeps the kernel from taking more than some 100 KB for a peer.
    func narrow(_ peer: Peer<Format>) throws {
        try peer.socket.setOption(.sendBuffer, to: 32_768)
    }

    /// Pulls until an event reads `last`.
    ///
    /// - Returns: All events so far.
    @discardableResult
    func pull(until last: String) throws -> [String] {
        var seen = 0
        while !events[seen...].contains(last) {
            seen = events.count
            _ = try next()
        }
        finishEvent()
        return events
    }

    /// Runs the server until `condition` is true.
    func settle(until condition: () -> Bool) throws {
        while !condition() { try ring() }
    }

    /// Runs the server until the kernel takes nothing more for a peer with content.
    func settle(untilFull peer: Peer<Format>) throws {
        var isFull = false
        while !isFull {
            try ring()
            #expect(peer.content != nil)
            isFull = try !peer.socket.waitUntilReady(for: .writing, until: .now)
        }
    }

    /// Lets the server wait at least once, and send its queued bytes.
    func ring() throws {
        let bell = try self.bell ?? connect()
        self.bell = bell
        bellRang = false
        try bell.sendAll(bellBytes)
        while !bellRang { _ = try next() }
        finishEvent()
    }

    /// Does the work of the server before its next wait, without the wait.
    private func finishEvent() {
        server.loop.endTurn()
        server.loop.flushAll()
    }

    private func notePeers() {
        guard server.loop.acceptedCount > notedCount else { return }
        notedCount = server.loop.acceptedCount
        let accepted = server.loop.connections.compactMap { $0.map(server.peer) }
        for peer in accepted.sorted(by: { $0.id < $1.id }) { note(peer) }
    }

    private func note(_ peer: Peer<Format>) {
        guard peer.address != (try? bell?.localAddress), !peers.contains(where: { $0 === peer })
        else { return }
        peers.append(peer)
    }

    private func next() throws -> MessageServer<Format>.Event {
        let event = try #require(try server.nextEvent(), "the server has stopped")
        notePeers()
        let bellAddress = try bell?.localAddress
        switch event {
        case .joined(let peer):
            guard peer.address != bellAddress else { return event }
            events.append("joined \(peer.id)")
        case .received(let messages, let peer):
            guard peer.address != bellAddress else {
                bellRang = true
                return event
            }
            for message in messages {
                events.append(
                    "received \(framing.describe(incoming: message).words) from \(peer.id)")
                onMessage(message, peer)
            }
        case .sent(let peer): events.append("sent \(peer.id)")
        case .disconnected(let peer):
            note(peer)
            events.append("disconnected \(peer.id)")
        }
        onEvent(event)
        return event
    }
}

/// Lines that a closure gathers.
private final class Lines { var all: [String] = [] }

/// A server of lines.
func lineServer(
    timeout: Duration = .seconds(30), pause: Duration = .zero, outboxLimit: Int = 1_048_576,
    limit: Int = LineFraming.defaultLimit, poller: Poller.Mechanism = .best,
    isTraced: Bool = false
) throws -> ServerUnderTest<LineFraming> {
    try ServerUnderTest(
        LineFraming(limit: limit), bell: Array("bell\n".utf8), timeout: timeout, pause: pause,
        outboxLimit: outboxLimit, poller: poller, isTraced: isTraced)
}

/// A server of the guessing game's 8-byte questions.
func guessServer(timeout: Duration = .seconds(30)) throws -> ServerUnderTest<GuessServerFraming> {
    try ServerUnderTest(
        GuessServerFraming(layout: GuessLayout()), bell: [0x3D, 0, 0, 0, 0, 0, 0, 0],
        timeout: timeout)
}

extension Socket {
    /// Sends text.
    func sendAll(_ text: String) throws { try sendAll(Array(text.utf8)) }

    /// Receives exactly `text`.
    func expect(_ text: String, at location: SourceLocation = #_sourceLocation) throws {
        let bytes = try receive(exactly: text.utf8.count)
        #expect(String(decoding: bytes, as: UTF8.self) == text, sourceLocation: location)
    }

    /// Expects the end of the stream.
    func expectEnd(at location: SourceLocation = #_sourceLocation) throws {
        #expect(try receive(upTo: 1) == .endOfStream, sourceLocation: location)
    }

    /// Expects a reset of the connection; there may be bytes before it.
    func expectReset(at location: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: SocketError.self, sourceLocation: location) {
            while case .bytes = try receive(upTo: 65_536) {}
        }
        #expect(error?.reason == "connection reset by peer", sourceLocation: location)
    }
}
