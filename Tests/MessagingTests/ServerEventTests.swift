import Protocol
import Sockets
import Testing

@testable import Messaging

@Suite struct ServerEventTests {
    @Test(arguments: Poller.Mechanism.allCases)
    func tellsAClientsWholeStory(_ mechanism: Poller.Mechanism) throws {
        let test = try lineServer(poller: mechanism)
        test.onMessage = { line, peer in peer.send(line.text.uppercased()) }
        let client = try test.connect()
        try client.sendAll("one\ntwo\n")
        try test.pull(until: #"received "two" from 1"#)
        try client.expect("ONE\nTWO\n")
        client.close()
        #expect(
            try test.pull(until: "disconnected 1") == [
                "joined 1", #"received "one" from 1"#, #"received "two" from 1"#,
                "disconnected 1",
            ])
        try test.ring()
        #expect(test.events.count == 4, "each comes once")
        #expect(test.log == [])
    }

    /// `<` 51 and `=` 37 in the sheet's layout, cut in two at every place.
    @Test func findsMessagesHoweverTheyAreCut() throws {
        let test = try guessServer()
        let bytes: [UInt8] = [0x3C, 0, 0, 0, 51, 0, 0, 0, 0x3D, 9, 9, 9, 37, 0, 0, 0]
        for middle in 0...bytes.count {
            let client = try test.connect()
            try client.sendAll([UInt8](bytes[..<middle]))
            try test.settle { test.peers.count == middle + 1 }
            let peer = try #require(test.peers.last)
            try test.settle {
                middle == 0 || peer.lastInput != nil && peer.input.count == middle % 8
            }
            try client.sendAll([UInt8](bytes[middle...]))
            client.close()
            try test.pull(until: "disconnected \(peer.id)")
            #expect(
                test.events.suffix(4) == [
                    "joined \(peer.id)", "received < 51 from \(peer.id)",
                    "received = 37 from \(peer.id)", "disconnected \(peer.id)",
                ], "cut at \(middle)")
        }
        #expect(test.log == [])
    }

    @Test func findsMessagesThatRunTogether() throws {
        let test = try lineServer()
        let client = try test.connect()
        try client.sendAll((0..<10_000).map { "\($0)\n" }.joined())
        try test.pull(until: #"received "9999" from 1"#)
        #expect(
            test.events == ["joined 1"] + (0..<10_000).map { "received \"\($0)\" from 1" })
    }

    @Test func takesALastLineWithoutAnEnd() throws {
        let test = try lineServer()
        let client = try test.connect()
        try client.sendAll("one\ntwo")
        try client.shutdown(.sending)
        #expect(
            try test.pull(until: "disconnected 1").dropFirst() == [
                #"received "one" from 1"#, #"received "two" from 1"#, "disconnected 1",
            ])
        try client.expectEnd()
    }

    /// A port probe changes nothing.
    @Test func numbersAClientAtItsFirstMessage() throws {
        let test = try lineServer()
        try test.connect().close()
        try test.pull(until: "disconnected 1")
        try test.connect().reset()
        try test.pull(until: "disconnected 2")
        let silent = try test.connect()
        try test.accept()
        let (_, peer) = try test.join(Array("hello\n".utf8))
        #expect(peer.id == 4)
        #expect(peer.number == 1)
        #expect(peer.label == "client 1")
        #expect(test.peers[2].number == 0)
        #expect(test.peers[2].label == (try silent.localAddress.description))
        #expect(test.events.filter { $0.hasPrefix("joined") } == ["joined 4"])
        #expect(test.log == [], "nobody has done anything wrong")
    }

    @Test func neverUsesANumberTwice() throws {
        let test = try lineServer()
        for number in 1...5 {
            let (client, peer) = try test.join(Array("hello\n".utf8))
            #expect(peer.id == number && peer.number == number)
            #expect(test.server.connectionCount == 1)
            client.close()
            try test.pull(until: "disconnected \(number)")
            #expect(test.server.connectionCount == 0)
        }
        #expect(Set(test.peers.map(\.slot)) == [2], "though its place is used again")
    }

    @Test func aPeerThatHasEndedItsStreamStillGetsItsReply() throws {
        let test = try lineServer()
        test.onMessage = { _, peer in peer.send(String(repeating: "x", count: 50_000)) }
        let client = try test.connect()
        try client.sendAll("one\ntwo\nthree")
        try client.shutdown(.sending)
        try test.pull(until: "disconnected 1")
        let reply = String(repeating: "x", count: 50_000) + "\n"
        for _ in 0..<3 { try client.expect(reply) }
        try client.expectEnd()
        #expect(test.log == [])
    }

    @Test func whatIsQueuedBeforeAWaitLeavesInOneSend() throws {
        let test = try lineServer()
        let (client, peer) = try test.join(Array("hello\n".utf8))
        try client.setBlocking(false)
        for text in ["at 2", "end won", "bye"] { peer.send(text) }
        #expect(try client.receive(upTo: 100) == .wouldBlock)
        try test.ring()
        #expect(try client.waitUntilReady(for: .reading))
        #expect(try client.receive(upTo: 100) == .bytes(Array("at 2\nend won\nbye\n".utf8)))
    }

    @Test func servesManyAtOnce() throws {
        let test = try lineServer()
        test.onMessage = { line, peer in peer.send(line.text) }
        let clients = try (0..<200).map { _ in try test.connect() }
        for (number, client) in clients.enumerated() { try client.sendAll("from \(number)\n") }
        try test.settle { test.events.count == 400 }
        for (number, client) in clients.enumerated() { try client.expect("from \(number)\n") }
        #expect(test.server.connectionCount == 201)
        clients.forEach { $0.close() }
        try test.settle { test.events.count == 600 }
        #expect(test.server.connectionCount == 1)
        #expect(Set(test.events.suffix(200)).count == 200)
    }

    /// A game that waits until all have left finds 0 once, even if many leave together.
    @Test func countsAConnectionUntilItsEndIsTold() throws {
        let test = try lineServer()
        var counts: [Int] = []
        test.onEvent = { [unowned test] event in
            if case .disconnected = event { counts.append(test.server.connectionCount) }
        }
        let clients = try (1...3).map { _ in try test.join(Array("hello\n".utf8)).client }
        clients.forEach { $0.close() }
        for id in 1...3 { try test.pull(until: "disconnected \(id)") }
        #expect(counts == [2, 1, 0])
    }

    @Test func tracesEachMessage() throws {
        let test = try lineServer(isTraced: true)
        let (client, peer) = try test.join(Array("h\u{1B}\r\n".utf8))
        peer.send("OK")
        peer.name = "anna"
        try client.sendAll("more\n")
        try test.pull(until: #"received "more" from 1"#)
        peer.send("é")
        #expect(
            test.trace == [
                #"from client 1: "h\u{1B}" [68 1b 0d 0a]"#, #"to client 1: "OK" [4f 4b 0a]"#,
                #"from anna: "more" [6d 6f 72 65 0a]"#, #"to anna: "é" [c3 a9 0a]"#,
            ])
    }
}
