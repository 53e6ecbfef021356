import Protocol
import Sockets
import Testing

@testable import Messaging

/// Content that sends a pattern of bytes, and may break off.
private final class Pattern: OutgoingContent {
    struct Broken: Error, CustomStringConvertible {
        let description = "the file has become shorter"
    }

    private let bytes: [UInt8]
    private let end: Int
    private var offset = 0

    init(count: Int, breakingAt end: Int = .max) {
        bytes = Self.bytes(count)
        self.end = end
    }

    /// Bytes that repeat after 251, a prime, so that no block of a usual size can get lost.
    static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](0...250)
        while bytes.count < count { bytes += bytes }
        return [UInt8](bytes.prefix(count))
    }

    func sendPiece(to socket: Socket) throws -> ContentProgress {
        if offset >= end { throw Broken() }
        let piece = bytes[offset..<min(bytes.count, end, offset + 100_000)]
        guard let taken = try socket.send(piece) else { return .blocked }
        offset += taken
        return offset == bytes.count ? .finished : .sent
    }
}

@Suite struct ServerContentTests {
    /// Reads until `count` bytes have come, while the server goes on.
    private func receive(
        _ count: Int, by client: Socket, from test: ServerUnderTest<LineFraming>
    ) throws -> [UInt8] {
        try client.setBlocking(false)
        defer { try? client.setTimeout(.seconds(30)) }
        var received: [UInt8] = []
        while received.count < count {
            if case .bytes(let bytes) = try client.receive(upTo: 200_000) { received += bytes }
            try test.ring()
        }
        return received
    }

    @Test func sendsContentAfterWhatIsQueued() throws {
        let test = try lineServer()
        let content = Pattern(count: 3_000_000)
        let (client, peer) = try test.join(Array("file\n".utf8))
        try test.narrow(peer)
        peer.send("here it is")
        peer.send(content)
        try test.settle(untilFull: peer)
        #expect(!test.events.contains("sent 1"))
        // The server serves others while one peer does not read: the bell rings.
        let (_, other) = try test.join(Array("other\n".utf8))
        #expect(other.id > 1)
        try client.expect("here it is\n")
        #expect(
            try receive(3_000_000, by: client, from: test) == Pattern.bytes(3_000_000))
        try test.pull(until: "sent 1")
        #expect(peer.state == .open, "the connection stays")
        peer.send("more")
        try test.ring()
        try client.expect("more\n")
    }

    @Test func tellsAHalfClosedPeersEndAfterItsContent() throws {
        let test = try lineServer()
        let content = Pattern(count: 3_000_000)
        test.onMessage = { _, peer in
            try? test.narrow(peer)
            peer.send(content)
        }
        let client = try test.connect()
        try client.sendAll("name")
        try client.shutdown(.sending)
        try test.settle { test.peers.first?.state == .halfClosed }
        try test.settle(untilFull: test.peers[0])
        #expect(try receive(3_000_000, by: client, from: test) == Pattern.bytes(3_000_000))
        #expect(
            try test.pull(until: "disconnected 1") == [
                "joined 1", #"received "name" from 1"#, "sent 1", "disconnected 1",
            ])
        try client.expectEnd()
    }

    @Test func resetsThePeerWhereContentBreaksOff() throws {
        let test = try lineServer()
        let (client, peer) = try test.join(Array("file\n".utf8))
        try test.narrow(peer)
        peer.send(Pattern(count: 300_000, breakingAt: 150_000))
        try test.pull(until: "disconnected 1")
        client.expectReset()
        #expect(test.log == ["client 1: the file has become shorter"])
        #expect(!test.events.contains("sent 1"))
    }

    @Test func givesUpAPeerThatTakesNothing() throws {
        let test = try lineServer(timeout: .milliseconds(50))
        let (client, peer) = try test.join(Array("file\n".utf8))
        try test.narrow(peer)
        peer.send(Pattern(count: 9_000_000))
        try test.pull(until: "disconnected 1")
        client.expectReset()
        #expect(test.log == ["client 1: took none of its waiting bytes for 0.05 s"])
    }

    @Test func aPeerThatLeavesInTheMiddleEndsAlone() throws {
        let test = try lineServer()
        let (client, peer) = try test.join(Array("file\n".utf8))
        try test.narrow(peer)
        peer.send(Pattern(count: 9_000_000))
        try test.settle(untilFull: peer)
        client.reset()
        try test.pull(until: "disconnected 1")
        #expect(test.log.count == 1 && test.log[0].hasPrefix("client 1: cannot "))
        #expect(!test.events.contains("sent 1"))
    }

    /// A server that stops must not let a part look like the whole file.
    @Test func resetsThePeerWhoseContentAStopCutsOff() throws {
        let test = try lineServer()
        let (client, peer) = try test.join(Array("file\n".utf8))
        try test.narrow(peer)
        peer.send(Pattern(count: 9_000_000))
        try test.settle(untilFull: peer)
        test.server.close()
        client.expectReset()
    }
}
