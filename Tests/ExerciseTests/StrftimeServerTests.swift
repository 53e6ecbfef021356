import Foundation
import Testing

/// Programming 2, Iterative Server: the second client waits.
struct StrftimeServerTests {
    @Test func theSecondClientWaitsUntilTheFirstHasLeft() throws {
        try withStrftimeServer("strftime-server") { server, port in
            let first = try RawClient(port: port)
            try first.expectDay()
            let others = try (0..<3).map { _ in try RawClient(port: port) }
            for other in others { try other.send("%H\n") }
            for _ in 1...20 { try first.expectDay() }
            for other in others {
                #expect(!isReady(other.descriptor, for: Int32(POLLIN), by: Date()))
            }
            first.close()
            // They come in the order in which they have connected.
            for other in others {
                #expect(try other.receiveLine() == "23")
                other.close()
            }
            try server.waitForLine(containing: "client 4 left")
            #expect(
                server.standardOutput == """
                    client 1 joined
                    client 1 left
                    client 2 joined
                    client 2 left
                    client 3 joined
                    client 3 left
                    client 4 joined
                    client 4 left

                    """)
        }
    }

    @Test func itMeetsTheHostileCases() throws {
        try withStrftimeServer("strftime-server", ["--timeout", "1"]) { server, _ in
            let cases = try HostileCases(against: server, exchange: exchange)
            // Here the end of the stream ends a whole message.
            try cases.halfAMessage(Array("%H".utf8))
            try cases.byteAtATime(Array("%d\n%H\n".utf8), replies: Array("21\n23\n".utf8))
            try cases.manyInOneSegment(
                Array(String(repeating: "%d\n", count: 1_000).utf8),
                replies: Array(String(repeating: "21\n", count: 1_000).utf8))
            try cases.resetInMidMessage(Array("%H".utf8))
            try cases.probes()
            try cases.stalledPeers(Array("%H".utf8), count: 3)
            try cases.randomBytes()
            try cases.crowd()
        }
    }

    @Test func aClientThatNeverReadsCostsTheNextOneTheTimeout() throws {
        try withStrftimeServer("strftime-server", ["--timeout", "0.2"]) { server, port in
            let cases = try HostileCases(against: server, exchange: exchange)
            let deaf = try RawClient(port: port, receiveBuffer: 4_096)
            // 2 MB for each 4 KB.
            let flood = Array((String(repeating: "%c", count: 2_000) + "\n").utf8)
            while let taken = deaf.sendWithoutWaiting(flood[...]), taken > 0 {}
            let line = try server.waitForLine(on: .standardError, containing: "cannot send")
            #expect(line.hasPrefix("strftime-server: client 2: cannot send to 127.0.0.1:"))
            #expect(line.hasSuffix(": timed out"))
            try cases.provesUnharmed(after: "a peer that never reads")
        }
    }

    @Test func itServesWithFewDescriptors() throws {
        try withStrftimeServer("strftime-server", descriptorLimit: 16) { _, port in
            let peers = try (0..<100).map { _ in try RawClient(port: port) }
            for peer in peers { try exchange(peer) }
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItInGoodOrder(signal: Int32) throws {
        try withStrftimeServer("strftime-server") { server, port in
            let peer = try RawClient(port: port)
            try peer.expectDay()
            try expectOrderlyEnd(of: server, by: signal, peers: [peer])
            #expect(server.standardError == "strftime-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    /// One whole turn, so that the next client's turn can begin.
    private func exchange(_ peer: RawClient) throws {
        try peer.expectDay()
        peer.shutdownSending()
        #expect(try peer.receiveToEnd() == [])
    }
}
