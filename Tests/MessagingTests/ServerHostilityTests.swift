import Protocol
import Sockets
import Testing

@testable import Messaging

/// A peer's mistake ends only that peer.
@Suite struct ServerHostilityTests {
    private static let question: [UInt8] = [0x3C, 0, 0, 0, 51, 0, 0, 0]

    @Test func garbageEndsItsSender() throws {
        let test = try guessServer()
        let (good, _) = try test.join(Self.question)
        let bad = try test.connect()
        let address = try bad.localAddress
        try bad.sendAll("GET / HTTP/1.1\r\n\r\n")
        try test.pull(until: "disconnected 2")
        try bad.expectEnd()
        #expect(
            test.log == ["\(address): unknown question 'G'; a question begins with <, > or ="])
        try good.sendAll(Self.question)
        try test.settle { test.events.last == "received < 51 from 1" }
        let (late, _) = try test.join(Self.question + [0x58])
        try test.pull(until: "disconnected \(test.peers.count + 1)")
        try late.expectEnd()
        #expect(
            test.log.last?.hasSuffix(": unknown question 'X'; a question begins with <, > or =")
                == true)
        #expect(test.events.contains("received < 51 from \(test.peers.count + 1)"))
    }

    @Test func aMessageCutOffIsReported() throws {
        let test = try guessServer()
        let client = try test.connect()
        let address = try client.localAddress
        try client.sendAll([UInt8](Self.question.prefix(3)))
        client.close()
        try test.pull(until: "disconnected 1")
        let (second, _) = try test.join(Self.question + [0x3C])
        try second.shutdown(.sending)
        try test.pull(until: "disconnected 2")
        #expect(
            test.log == [
                "\(address): message cut off after 3 of 8 bytes; another --layout may fit",
                "client 1: message cut off after 1 of 8 bytes; another --layout may fit",
            ])
        #expect(!test.events.contains("joined 1"))
    }

    @Test func aResetIsReportedOfAClientAlone() throws {
        let test = try lineServer(isTraced: true)
        let (client, peer) = try test.join(Array("hello\n".utf8))
        client.reset()
        try test.pull(until: "disconnected 1")
        #expect(
            test.log == [
                "client 1: cannot receive from \(peer.address): connection reset by peer; "
                    + "the other program ended, or closed before it had read everything"
            ])
        peer.send("into the void")
        peer.close()
        try test.ring()
        #expect(test.events.filter { $0 == "disconnected 1" }.count == 1)
        #expect(test.trace.filter { $0.contains("void") } == [])
    }

    /// A whole message before a reset counts.
    @Test func losesNoMessageBeforeAReset() throws {
        let test = try lineServer()
        test.onMessage = { _, peer in peer.send("reply") }
        let (client, peer) = try test.join(Array("one\n".utf8))
        try client.sendAll("two\nhal")
        try test.settle { peer.input.count == 3 }
        client.reset()
        try test.pull(until: "disconnected 1")
        #expect(
            test.events == [
                "joined 1", #"received "one" from 1"#, #"received "two" from 1"#,
                "disconnected 1",
            ])
    }

    @Test func aLineTooLongEndsItsSender() throws {
        let test = try lineServer(limit: 10)
        let (client, _) = try test.join(Array("0123456789\r\n".utf8))
        try client.sendAll("01234567890")
        try test.pull(until: "disconnected 1")
        try client.expectEnd()
        #expect(
            test.log == [
                "client 1: message longer than 10 bytes; "
                    + "send shorter ones, each with a newline at its end"
            ])
    }

    @Test func survivesAnyBytes() throws {
        let test = try guessServer()
        var state: UInt64 = 1
        for round in 1...50 {
            let client = try test.connect()
            let bytes = (0..<100).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
            try client.sendAll(bytes)
            if round % 2 == 0 { client.reset() } else { client.close() }
        }
        try test.settle { test.events.filter { $0.hasPrefix("disconnected") }.count == 50 }
        let (good, _) = try test.join(Self.question)
        #expect(test.events.last?.hasPrefix("received < 51 from") == true)
        good.close()
    }

    /// The exercise closes a peer that goes on sending: its last reply must not be lost.
    @Test func closesWithoutAResetThoughThePeerStillSends() throws {
        let test = try lineServer()
        test.onMessage = { line, peer in
            guard line.text == "quit" else { return }
            peer.send("bye")
            peer.close()
            peer.send("never")
            peer.close()
        }
        let client = try test.connect()
        try client.sendAll("quit\nignored\n" + String(repeating: "x", count: 10_000))
        #expect(
            try test.pull(until: "disconnected 1") == [
                "joined 1", #"received "quit" from 1"#, "disconnected 1",
            ])
        try client.sendAll(String(repeating: "y", count: 10_000))
        try client.expect("bye\n")
        try client.expectEnd()
        try client.sendAll("z")
        client.close()
        let peer = test.peers[0]
        try test.settle { peer.state == .closed }
        #expect(peer.dropped > 0)
        #expect(test.log == [])
    }

    @Test func hearsAPeerOutOnlySoFar() throws {
        let test = try lineServer()
        let (client, peer) = try test.join(Array("hello\n".utf8))
        peer.close()
        try client.setBlocking(false)
        let junk = [UInt8](repeating: 0x78, count: 10_000)
        while peer.state != .closed {
            _ = try? client.send(junk)
            try test.ring()
        }
        #expect(peer.dropped > 65_536)
        #expect(throws: SocketError.self) { while true { _ = try client.send(junk) } }
    }

    /// Before it reads, the peer sends far more than is heard out after the end.
    @Test func aPeerThatSendsFirstGetsAllThatWasQueued() throws {
        let test = try lineServer()
        let client = try Socket(.ipv4, .stream)
        try client.setTimeout(.seconds(30))
        try client.setOption(.receiveBuffer, to: 4_096)
        try client.connect(to: test.server.address)
        try test.accept()
        let peer = test.peers[0]
        try peer.socket.setOption(.sendBuffer, to: 4_096)
        try client.sendAll("hello\n")
        try test.pull(until: #"received "hello" from 1"#)
        peer.send(String(repeating: "r", count: 900_000))
        peer.close()
        #expect(peer.state == .finishing)
        try client.setBlocking(false)
        var left = 1_000_000
        while left > 0 {
            left -= try client.send([UInt8](repeating: 0x78, count: left)) ?? 0
            try test.ring()
        }
        var received = 0
        while received < 900_001 {
            if case .bytes(let bytes) = try client.receive(upTo: 65_536) {
                received += bytes.count
            }
            try test.ring()
        }
        try client.setTimeout(.seconds(30))
        try client.expectEnd()
    }
}
