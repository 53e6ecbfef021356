import Protocol
import Sockets
import Testing

@testable import Messaging

@Suite struct ServerBackpressureTests {
    /// A peer sends many questions and reads no reply. Memory stays bounded, and others are served.
    /// When the peer reads, every reply is there, in order.
    @Test func aPeerThatDoesNotReadCostsLittleAndLosesNothing() throws {
        let test = try lineServer()
        let padding = String(repeating: ".", count: 90)
        test.onMessage = { line, peer in peer.send(line.text + line.text) }
        let client = try test.connect()
        try client.setOption(.sendBuffer, to: 32_768)
        try client.setBlocking(false)
        try test.accept()
        let peer = test.peers[0]
        try test.narrow(peer)

        let count = 20_000
        let questions = Array((0..<count).map { "\($0)\(padding)\n" }.joined().utf8)
        let replies = Array((0..<count).map { "\($0)\(padding)\($0)\(padding)\n" }.joined().utf8)
        var sent = 0
        var blocked = 0
        while peer.turn != .congested || blocked < 3 {
            try #require(sent < questions.count)
            if let taken = try client.send(questions[sent...]) {
                sent += taken
            } else {
                blocked += 1
            }
            try test.ring()
            // Congestion stops the questions; those of one batch may have been answered on top.
            #expect(peer.outbox.count <= 65_536 + 1_024 * 200)
            #expect(peer.input.count <= 2 * 65_536)
        }

        var received: [UInt8] = []
        while received.count < replies.count {
            if sent < questions.count { sent += try client.send(questions[sent...]) ?? 0 }
            if case .bytes(let bytes) = try client.receive(upTo: 65_536) { received += bytes }
            try test.ring()
        }
        #expect(received == replies)
        #expect(peer.turn != .congested)
        #expect(test.events.count == count + 1)
        #expect(test.log == [])
    }

    /// The same for a peer that has ended its stream meanwhile.
    @Test func aSlowReaderThatHasEndedItsStreamGetsEveryReply() throws {
        let test = try lineServer()
        let reply = String(repeating: "r", count: 999)
        test.onMessage = { _, peer in peer.send(reply) }
        let client = try test.connect()
        try test.accept()
        try test.narrow(test.peers[0])
        try client.sendAll(String(repeating: "q\n", count: 1_000))
        try client.shutdown(.sending)
        try test.settle { test.peers[0].turn == .congested }
        try client.setBlocking(false)
        var received = 0
        while received < 1_000_000 {
            if case .bytes(let bytes) = try client.receive(upTo: 65_536) {
                received += bytes.count
            }
            try test.ring()
        }
        try test.pull(until: "disconnected 1")
        try client.setTimeout(.seconds(30))
        try client.expectEnd()
    }

    @Test(arguments: [(1_048_576, "1 MiB"), (200_000, "200000 bytes")])
    func cutsOffAReceiverThatDoesNotRead(_ limit: Int, _ text: String) throws {
        let test = try lineServer(outboxLimit: limit)
        let (client, peer) = try test.join(Array("deaf\n".utf8))
        let (other, otherPeer) = try test.join(Array("other\n".utf8))
        peer.name = "anna"
        let line = String(repeating: "x", count: 4_000)
        while peer.state == .open {
            peer.send(line)
            #expect(peer.outbox.count <= limit)
        }
        otherPeer.send("still here")
        try test.pull(until: "disconnected 1")
        #expect(test.log == ["anna: does not read; cut off with \(text) waiting"])
        client.expectReset()
        try other.expect("still here\n")
        #expect(peer.outbox.isEmpty)
    }

    /// It is not the receiver's fault if much is sent at once.
    @Test func doesNotCutOffAReceiverThatReads() throws {
        let test = try lineServer(outboxLimit: 1_000)
        let (client, peer) = try test.join(Array("hello\n".utf8))
        for number in 0..<100 { peer.send("\(number) " + String(repeating: "x", count: 400)) }
        try test.ring()
        for number in 0..<100 {
            try client.expect("\(number) " + String(repeating: "x", count: 400) + "\n")
        }
        #expect(test.server.connectionCount == 2)
        #expect(test.log == [])
    }
}
