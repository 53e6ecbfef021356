import Foundation
import Testing

/// What clients and servers do to a relay, and to each other through it.
struct RelayHostileTests {
    private let question: [UInt8] = [0x3C, 0, 0, 0, 0x33, 0, 0, 0]

    @Test func itServesOnWhateverItsClientsDo() throws {
        try withHostileCases { cases in
            try cases.halfAMessage([0x3C, 0, 0])
            try cases.resetInMidMessage([0x3C, 0, 0])
            try cases.probes()
            try cases.silentPeers()
            try cases.stalledPeers([0x3C, 0, 0])
            try cases.neverReading(count: 20, flood: question)
            try cases.randomBytes(from: 5, count: 65_536)
        }
    }

    @Test func aThousandTalkThroughItAtOnce() throws {
        try withHostileCases { try $0.crowd(1_000) }
    }

    @Test func itWaitsForDescriptorsAndServesThoseItHas() throws {
        // It takes them by twos, so one may be left.
        try withHostileCases(descriptorLimit: 40) { try $0.descriptorsRunOut(limit: 39) }
    }

    @Test func aSideThatNeverReadsFillsNoMemoryAndDelaysNobody() throws {
        let listener = try RawServer()
        try withRelay("raw", to: listener.port) { relay in
            let client = try relay.connect()
            let server = try listener.accept()
            let before = relay.relay.residentMemory
            let flood = [UInt8](repeating: 7, count: 1 << 20)
            var sent = 0
            // The kernels hold some MiB, the relay a quarter of one: then nothing moves any more.
            var quiet = 0
            while quiet < 50 {
                let taken = client.sendWithoutWaiting(flood[...]) ?? 0
                sent += taken
                quiet = taken == 0 ? quiet + 1 : 0
                let other = try relay.connect()
                let peer = try listener.accept()
                try other.send("ping")
                #expect(try peer.receive(exactly: 4) == Array("ping".utf8))
                other.close()
            }
            if let before, let after = relay.relay.residentMemory {
                #expect(after - before < 8 << 20)
            }
            // Nothing is lost: all of it is still to come.
            client.shutdownSending()
            #expect(try server.receiveToEnd().count == sent)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func itEndsAtOnceWhenItIsTold(signal: Int32) throws {
        try withRelayedConnection("raw") { relay, client, server in
            relay.relay.signal(signal)
            let exit = try relay.relay.waitForExit()
            #expect(exit == 0)
            _ = try? client.receiveToEnd()
            _ = try? server.receiveToEnd()
        }
    }

    @Test func itRestsWhileNobodySaysAnything() throws {
        try withRelayedConnection("guess") { relay, client, server in
            try client.send([0x3C, 0, 0])
            try relay.relay.waitForLine(containing: "(3 of 8 bytes)")
            try expectIdle(relay.relay)
            // Nor does it spin over a direction that has ended, or one that nobody reads.
            client.shutdownSending()
            #expect(try server.receiveToEnd() == [0x3C, 0, 0])
            try expectIdle(relay.relay)
        }
    }

    /// A FIFO that is open and not read. The signal comes before the relay waits for its reader, or
    /// meanwhile.
    @Test(arguments: [0.001, 0.002, 0.004, 0.05])
    func aCaptureThatNobodyReadsDoesNotKeepItFromEnding(flooding: Double) throws {
        let folder = try ScratchFolder()
        let path = folder.path(of: "fifo")
        #expect(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try withRelayedConnection("raw", ["--capture", path]) { relay, client, _ in
            let flood = [UInt8](repeating: 7, count: 1 << 16)
            let end = Date() + flooding
            while Date() < end { _ = client.sendWithoutWaiting(flood[...]) }
            relay.relay.signal(SIGINT)
            let exit = try relay.relay.waitForExit()
            // 1 if a packet of the capture was cut short.
            #expect(exit == 0 || exit == 1)
        }
    }

    @Test func itRestsWhileBytesWaitForASideThatIsGone() throws {
        try withRelayedConnection("raw") { relay, client, server in
            let flood = [UInt8](repeating: 7, count: 1 << 20)
            var quiet = 0
            while quiet < 50 {
                quiet = server.sendWithoutWaiting(flood[...]) == 0 ? quiet + 1 : 0
                if quiet > 0 { usleep(2_000) }
            }
            server.reset()
            try client.send("more")
            try relay.relay.waitForLine(containing: "6d 6f 72 65")
            try expectIdle(relay.relay)
        }
    }

    private func withHostileCases(
        descriptorLimit: Int? = nil, _ body: (HostileCases) throws -> Void
    ) throws {
        try withProgram("guess-server", ["127.0.0.1", "0", "--number", "37"]) { server in
            try withRelay(
                "guess", to: server.listeningPort(), descriptorLimit: descriptorLimit
            ) { relay in
                let cases = try HostileCases(against: relay.relay) { peer in
                    try peer.send(question)
                    #expect(try peer.receive(exactly: 8) == [0x49, 0, 0, 0, 0, 0, 0, 0])
                }
                try body(cases)
            }
        }
    }
}
