import Foundation
import Protocol
import Sockets
import Testing

@testable import Messaging

/// Time limits: the tests check that they end a wait, but not how soon.
@Suite struct ServerLimitTests {
    @Test func aBegunMessageMustGoOn() throws {
        let test = try guessServer(timeout: .milliseconds(50))
        let silent = try test.connect()
        try test.accept()
        let client = try test.connect()
        let address = try client.localAddress
        try client.sendAll([0x3C, 0, 0])
        try test.pull(until: "disconnected 2")
        try client.expectEnd()
        #expect(
            test.log == [
                "\(address): sent 3 of 8 bytes of a message, and nothing more for 0.05 s; "
                    + "another --layout may fit"
            ])
        // A peer that owes nothing may be silent for ever.
        try silent.sendAll([0x3C, 0, 0, 0, 51, 0, 0, 0])
        try test.pull(until: "received < 51 from 1")
    }

    @Test func anIdleLimitEndsASilentPeer() throws {
        let test = try guessServer()
        let silent = try test.connect()
        let (client, _) = try test.join([0x3C, 0, 0, 0, 51, 0, 0, 0])
        test.server.idleLimit = .milliseconds(50)
        try test.pull(until: "disconnected 1")
        try test.pull(until: "disconnected 2")
        try silent.expectEnd()
        try client.expectEnd()
        test.server.idleLimit = nil
        let late = try test.connect()
        try late.sendAll([0x3C, 0, 0, 0, 51, 0, 0, 0])
        try test.pull(until: "received < 51 from 3")
        #expect(test.log == [])
    }

    @Test func aPauseEndsAMessageWithoutANewline() throws {
        let test = try lineServer(pause: .milliseconds(20))
        test.onMessage = { line, peer in peer.send(line.endsWithNewline ? "line" : "pause") }
        let client = try test.connect()
        try client.sendAll("one")
        try test.pull(until: #"received "one" from 1"#)
        try client.expect("pause\n")
        try client.sendAll("two")
        try test.pull(until: #"received "two" from 1"#)
        try client.expect("pause\n")
    }

    @Test func aPauseEndsNothingOnceANewlineCame() throws {
        let test = try lineServer(timeout: .milliseconds(100), pause: .milliseconds(1))
        let (client, _) = try test.join(Array("one\ntwo".utf8))
        try test.pull(until: "disconnected 1")
        #expect(
            test.events == [
                "joined 1", #"received "one" from 1"#, "disconnected 1",
            ])
        #expect(
            test.log == ["client 1: sent 3 bytes of a message, and nothing more for 0.1 s"])
        try client.expectEnd()
    }

    @Test func noPauseEndsNoMessage() throws {
        let test = try lineServer(timeout: .milliseconds(50), pause: .zero)
        let client = try test.connect()
        let address = try client.localAddress
        try client.sendAll("one")
        #expect(try test.pull(until: "disconnected 1") == ["disconnected 1"])
        #expect(
            test.log == ["\(address): sent 3 bytes of a message, and nothing more for 0.05 s"])
    }

    /// The exercise was busy for longer than the pause; in the meantime the rest has come.
    @Test func aBusyServerDoesNotTakeItsOwnPauseForThePeers() throws {
        let pause = Duration.milliseconds(300)
        let test = try lineServer(pause: pause)
        for round in 1...20 {
            let client = try test.connect()
            try client.sendAll("first ")
            try test.settle { test.peers.count == round && test.peers[round - 1].lastInput != nil }
            let address = try client.localAddress
            let peer = try #require(test.peers.last { $0.address == address })
            // If the machine has halted here for the whole pause, the pause was real.
            guard !peer.input.isEmpty else { continue }
            try client.sendAll("second")
            usleep(350_000)
            try test.settle { peer.number > 0 }
            if test.events.contains("received \"first \" from \(peer.id)") { continue }
            #expect(test.events.last == "received \"first second\" from \(peer.id)")
            return
        }
        Issue.record("each first half was taken for a message")
    }

    @Test func whatWaitsForAPeerThatIsClosedMustBeTaken() throws {
        let test = try lineServer(timeout: .milliseconds(50))
        let (client, peer) = try test.join(Array("hello\n".utf8))
        try client.setOption(.receiveBuffer, to: 4_096)
        let (other, _) = try test.join(Array("other\n".utf8))
        while peer.outbox.count < 500_000 { peer.send(String(repeating: "x", count: 4_000)) }
        peer.close()
        try test.settle { peer.state == .closed }
        #expect(test.events.filter { $0.hasPrefix("disconnected") } == ["disconnected 1"])
        client.expectReset()
        other.close()
    }
}
