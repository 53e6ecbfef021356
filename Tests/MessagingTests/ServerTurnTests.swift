import Protocol
import Sockets
import Testing

@testable import Messaging

@Suite struct ServerTurnTests {
    /// With turns of one message each, two floods take turns, even if their messages came in one
    /// piece.
    @Test(arguments: Poller.Mechanism.allCases)
    func nobodyWaitsForMoreThanATurnOfEachOther(_ mechanism: Poller.Mechanism) throws {
        let test = try lineServer(poller: mechanism)
        test.server.loop.turnLength = .zero
        let first = try test.connect()
        try test.accept()
        let second = try test.connect()
        try test.accept()
        try first.sendAll("a\nb\nc\nd\n")
        try second.sendAll("x\ny\n")
        try test.pull(until: #"received "d" from 1"#)
        #expect(
            test.events.filter { $0.hasPrefix("received") } == [
                #"received "a" from 1"#, #"received "x" from 2"#, #"received "b" from 1"#,
                #"received "y" from 2"#, #"received "c" from 1"#, #"received "d" from 1"#,
            ])
    }

    /// A question in the middle of a flood is answered after the current turn.
    @Test func aQuestionIsHeardBeforeTheRestOfAFlood() throws {
        let test = try lineServer()
        test.server.loop.turnLength = .zero
        let flooder = try test.connect()
        try test.accept()
        let guest = try test.connect()
        try test.accept()
        test.onMessage = { line, peer in
            if line.text == "500" { try? guest.sendAll("may I?\n") }
            if peer.id == 2 { peer.send("yes") }
        }
        try flooder.sendAll((0..<1_000).map { "\($0)\n" }.joined())
        try test.pull(until: #"received "501" from 1"#)
        let heard = test.events.filter { $0.hasPrefix("received") }.suffix(3)
        #expect(
            heard == [
                #"received "500" from 1"#, #"received "may I?" from 2"#, #"received "501" from 1"#,
            ])
        try guest.expect("yes\n")
        try test.pull(until: #"received "999" from 1"#)
        #expect(test.events.count == 1_003, "nothing of the flood is lost")
    }

    /// While its messages wait for their turn, a connection is not read.
    @Test func aFloodThatWaitsForItsTurnsFillsNoMemory() throws {
        let test = try lineServer()
        test.server.loop.turnLength = .zero
        let flooder = try test.connect()
        try flooder.setBlocking(false)
        try test.accept()
        let flood = Array(String(repeating: "x\n", count: 50_000).utf8)
        for _ in 0..<50 {
            while try flooder.send(flood[...]) != nil {}
            try test.ring()
            #expect(test.peers[0].input.count <= 65_536)
        }
    }

    /// A turn is limited by time, so it has room for few slow messages: here each takes a whole
    /// turn.
    @Test func aCostlyMessageEndsItsTurn() throws {
        let test = try lineServer()
        var turns: [Int] = []
        test.onEvent = { event in
            if case .received = event { turns.append(0) }
        }
        test.onMessage = { line, _ in
            guard line.text != "bell" else { return }
            let end = Instant.now + Turns.length
            while .now < end {}
        }
        let (client, peer) = try test.join(Array("first\n".utf8))
        try client.sendAll(String(repeating: "x\n", count: 20))
        try test.pull(until: "received \"x\" from \(peer.id)")
        try test.settle { test.events.count == 22 }
        #expect(turns.count >= 11, "at most two messages a turn")
    }
}
