import Foundation
import Testing

/// What the relay does to bytes and datagrams, and how it tells.
struct RelayDamageTests {
    private let bytes = Array("abcdefgh".utf8)

    @Test func choppedBytesLeaveInSegmentsOfTheirOwn() throws {
        try withRelayedConnection("raw", ["--chop", "3", "--to", "server"]) {
            relay, client, server in
            try client.send(bytes)
            #expect(try server.receive(exactly: 8) == bytes)
            if let segments = server.dataSegmentsReceived { #expect(segments == 3) }
            try server.send(bytes)
            #expect(try client.receive(exactly: 8) == bytes)
            if let segments = client.dataSegmentsReceived { #expect(segments == 1) }
            #expect(
                try relay.lines() == [
                    "1  connects",
                    "1  → 8 bytes            61 62 63 64 65 66 67 68",
                    "1  → 8 bytes as 3 + 3 + 2",
                    "1  ← 8 bytes            61 62 63 64 65 66 67 68",
                ])
        }
    }

    @Test func manyPiecesAreCounted() throws {
        try withRelayedConnection("raw", ["--chop", "1"]) { relay, client, server in
            try client.send([UInt8](repeating: 7, count: 27))
            #expect(try server.receive(exactly: 27).count == 27)
            try relay.relay.waitForLine(containing: "1  → 27 bytes as 27 pieces")
        }
    }

    @Test func gluedBytesLeaveAsOneSegment() throws {
        try withRelayedConnection("raw", ["--glue", "0.5"]) { relay, client, server in
            for byte in bytes {
                try client.send([byte])
                try relay.relay.waitForLine(containing: "1  → 1 byte ")
            }
            // Its end lets go of what was collected.
            client.shutdownSending()
            #expect(try server.receiveToEnd() == bytes)
            if let segments = server.dataSegmentsReceived { #expect(segments == 1) }
            try relay.relay.waitForLine(containing: "1  → 8 segments as 1 of 8 bytes")
        }
    }

    @Test func aConnectionIsResetAfterSoManyBytes() throws {
        try withRelayedConnection("raw", ["--reset-after", "4", "--to", "server"]) {
            relay, client, server in
            try client.send(bytes)
            for end in [client, server] {
                let error = #expect(throws: RawSocketError.self) { try end.receiveToEnd() }
                #expect(error?.code == ECONNRESET)
            }
            try relay.relay.waitForLine(containing: "1  → reset here, after 4 bytes")
        }
    }

    @Test func aStreamEndsAfterSoManyBytesAndTheOtherGoesOn() throws {
        try withRelayedConnection("raw", ["--end-after", "4", "--to", "server"]) {
            relay, client, server in
            try client.send(bytes)
            #expect(try server.receiveToEnd() == Array("abcd".utf8))
            try server.send(bytes)
            #expect(try client.receive(exactly: 8) == bytes)
            try client.send(bytes)
            try relay.relay.waitForLine(containing: "1  → 8 bytes dropped")
        }
    }

    @Test func aStalledStreamNeitherPassesBytesNorItsEnd() throws {
        try withRelayedConnection("raw", ["--stall-after", "4", "--to", "server"]) {
            relay, client, server in
            try client.send(bytes)
            #expect(try server.receive(exactly: 4) == Array("abcd".utf8))
            try relay.relay.waitForLine(
                containing: "1  → nothing passes any more, after 4 bytes")
            client.shutdownSending()
            try relay.relay.waitForLine(containing: "1  client ends after 8 bytes")
            // The relay handles what it is given in order: an end would have come before this.
            try server.send(bytes)
            #expect(try client.receive(exactly: 8) == bytes)
            #expect(!server.hasInput)
        }
    }

    @Test func delayAndRateAreTold() throws {
        try withRelayedConnection("raw", ["--delay", "0.05", "--rate", "1000", "--to", "server"]) {
            relay, client, server in
            try client.send(bytes)
            #expect(try server.receive(exactly: 8) == bytes)
            try relay.relay.waitForLine(containing: "1  → 8 bytes after 0.050 s")
            try relay.relay.waitForLine(containing: "1  → 8 bytes over 0.008 s")
        }
    }

    @Test func anEndAloneIsDelayedToo() throws {
        try withRelayedConnection("raw", ["--delay", "0.3", "--to", "server"]) {
            relay, client, server in
            let start = ContinuousClock.now
            client.shutdownSending()
            #expect(try server.receiveToEnd().isEmpty)
            #expect(ContinuousClock.now - start >= .seconds(0.29))
            try relay.relay.waitForLine(containing: "1  → end after 0.300 s")
        }
    }

    @Test func aSlowedStreamKeepsOnlyTheBytesThatWait() throws {
        try withRelayedConnection("raw", ["--rate", "100000000"]) { relay, client, server in
            let before = relay.relay.residentMemory
            let flood = [UInt8](repeating: 7, count: 1 << 20)
            var (sent, received) = (0, 0)
            while received < 48 << 20 {
                sent += client.sendWithoutWaiting(flood[...]) ?? 0
                received += try server.receiveOnce().count
            }
            #expect(sent >= received)
            if let before, let after = relay.relay.residentMemory {
                #expect(after - before < 16 << 20)
            }
        }
    }

    @Test func theSameSeedDoesTheSameDamage() throws {
        func damage(_ seed: Int) throws -> [String] {
            try withRelayedConnection("raw", ["--chop", "random", "--seed", "\(seed)"]) {
                relay, client, server in
                for _ in 0..<4 {
                    try client.send(bytes)
                    #expect(try server.receive(exactly: 8) == bytes)
                }
                return try relay.lines()
            }
        }
        let first = try damage(1)
        #expect(try damage(1) == first)
        #expect(try damage(2) != first)
    }

    // MARK: Datagrams

    @Test func aLostDatagramIsTold() throws {
        try withRelayedDatagrams(["--lose", "100", "--to", "server"]) { relay, client, server in
            try client.send("one", to: relay.port)
            try relay.relay.waitForLine(containing: "1  → lost")
            #expect(!server.hasInput)
        }
    }

    @Test func aDoubledDatagramComesTwice() throws {
        try withRelayedDatagrams(["--twice", "100", "--to", "server"]) { relay, client, server in
            try client.send("one", to: relay.port)
            for _ in 0..<2 { #expect(try server.receive().bytes == Array("one".utf8)) }
            try relay.relay.waitForLine(containing: "1  → twice")
        }
    }

    @Test func aSwappedDatagramLeavesBehindTheNext() throws {
        try withRelayedDatagrams(["--swap", "100", "--to", "server"]) { relay, client, server in
            try client.send("one", to: relay.port)
            try relay.relay.waitForLine(containing: "1  → waits for the next")
            try client.send("two", to: relay.port)
            #expect(try server.receive().bytes == Array("two".utf8))
            #expect(try server.receive().bytes == Array("one".utf8))
            // With no next one it does not wait for ever.
            try client.send("three", to: relay.port)
            #expect(try server.receive().bytes == Array("three".utf8))
        }
    }

    @Test func aSwappedDatagramIsDelayedToo() throws {
        try withRelayedDatagrams(["--swap", "100", "--delay", "0.1", "--to", "server"]) {
            relay, client, server in
            try client.send("one", to: relay.port)
            try relay.relay.waitForLine(containing: "1  → waits for the next")
            try client.send("two", to: relay.port)
            #expect(try server.receive().bytes == Array("two".utf8))
            #expect(try server.receive().bytes == Array("one".utf8))
            try relay.relay.waitForLine(containing: "1  → after 0.100 s")
        }
    }

    @Test func aDamagedDatagramDiffersInOneBit() throws {
        try withRelayedDatagrams(["--damage", "100", "--to", "server"]) { relay, client, server in
            try client.send(bytes, to: relay.port)
            let damaged = try server.receive().bytes
            let changes = zip(damaged, bytes).map { ($0 ^ $1).nonzeroBitCount }
            #expect(damaged.count == 8 && changes.reduce(0, +) == 1)
            try relay.relay.waitForLine(containing: "1  → bit ")
        }
    }

    private func withRelayedDatagrams(
        _ options: [String],
        _ body: (RelayUnderTest, RawDatagramSocket, RawDatagramSocket) throws -> Void
    ) throws {
        let server = try RawDatagramSocket()
        try withRelay("raw-udp", to: server.port, options) { relay in
            try body(relay, RawDatagramSocket(), server)
        }
    }
}
