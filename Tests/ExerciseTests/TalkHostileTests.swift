import Foundation
import Testing

/// The talk server with hostile and slow clients.
struct TalkHostileTests {
    @Test func itMeetsTheHostileCases() throws {
        try withTalkServer { server, _ in
            // When its input has ended, the server prints a line of each client and closes.
            server.closeInput()
            let cases = try HostileCases(against: server) { try greet(server, over: $0) }
            // Here the end of the stream ends a whole line.
            try cases.halfAMessage(Array("hel".utf8))
            try cases.byteAtATime(Array("hello\n".utf8), replies: [])
            try cases.manyInOneSegment(Array("one\ntwo\n".utf8), replies: [])
            try cases.resetInMidMessage(Array("hel".utf8))
            try cases.probes()
            try cases.neverReading(count: 20, flood: Array("hello\n".utf8))
            try cases.randomBytes()
            try cases.crowd()
        }
    }

    @Test func aBegunLineThatIsNotEndedCostsTheOthersTheTimeout() throws {
        try withTalkServer(["--timeout", "0.3"]) { server, port in
            server.closeInput()
            let cases = try HostileCases(against: server) { try greet(server, over: $0) }
            try cases.stalledPeers(Array("hel".utf8), count: 2)
            let peer = try RawClient(port: port)
            try peer.send("hel")
            #expect(
                try server.waitForLine(
                    on: .standardError, containing: "127.0.0.1:\(try peer.localPort)")
                    == "talk-server: 127.0.0.1:\(try peer.localPort): only 3 bytes of a message "
                    + "came, and nothing more for 0.3 s; with a --pause above 0 that is a message")
            #expect(try peer.receiveToEnd() == [])
        }
    }

    @Test func peopleMayTakeTheirTime() throws {
        try withTalkServer(["--timeout", "0.05"]) { server, port in
            let peer = try RawClient(port: port)
            for line in ["one", "two"] {
                try waitLonger(than: "0.05")
                try peer.send(line + "\n")
                try server.waitForLine(containing: line)
                try waitLonger(than: "0.05")
                try server.write(line + "\n")
                try peer.expectLine(line)
            }
        }
    }

    @Test func aSilentClientHoldsTheOthersUntilItLeaves() throws {
        try withTalkServer { server, port in
            let silent = try RawClient(port: port)
            let peer = try RawClient(port: port)
            try peer.send("hello\n")
            try waitLonger(than: "0.05")
            #expect(server.standardOutput.isEmpty)
            silent.close()
            try server.waitForLine(containing: "hello")
        }
    }

    @Test func aLineHasAtMost4096Bytes() throws {
        let longest = String(repeating: "a", count: 4_096)
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            try peer.send(longest + "\r\n")
            #expect(try server.nextLine() == longest)
            try server.write(longest + "\n")
            try peer.expectLine(longest)
            peer.close()
            for text in [longest + "a\n", String(repeating: "a", count: 50_000)] {
                let other = try RawClient(port: port)
                try other.send(text)
                // The stream ends without a reset, though the server did not read all of it.
                #expect(try other.receiveToEnd() == [])
                #expect(
                    try server.waitForLine(on: .standardError, containing: "longer")
                        == "talk-server: 127.0.0.1:\(try other.localPort): message longer than "
                        + "4096 bytes; send shorter ones, each with a newline at its end")
            }
            try expectServed(by: server)
        }
    }

    @Test func aLineOfItsOwnThatIsTooLongIsNotSent() throws {
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            try peer.send("hello\n")
            try server.write(String(repeating: "a", count: 4_097) + "\n")
            #expect(try peer.receiveToEnd() == [])
            #expect(
                try server.waitForLine(on: .standardError, containing: "4097")
                    == "talk-server: 127.0.0.1:\(try peer.localPort): "
                    + "a message of 4097 bytes; the most is 4096")
            try expectServed(by: server)
        }
    }

    @Test func aClientThatNeverReadsIsGivenUp() throws {
        try withTalkServer(["--timeout", "0.2"]) { server, port in
            let peer = try RawClient(port: port, receiveBuffer: 4_096)
            // More than the kernels hold for it: 8 MiB of replies, typed as fast as they are read.
            try peer.send(String(repeating: "x\n", count: 2_048))
            let reply = String(repeating: "y", count: 4_095)
            Thread.detachNewThread {
                for _ in 0..<2_048 {
                    guard (try? server.write(reply + "\n")) != nil else { return }
                }
            }
            let own = try peer.localPort
            #expect(
                try server.waitForLine(on: .standardError, containing: "127.0.0.1:\(own)")
                    == "talk-server: cannot send to 127.0.0.1:\(own): timed out")
            let next = try RawClient(port: port)
            try next.send("hello\n")
            try next.expectLine(reply)
            try server.waitForLine(containing: "hello")
        }
    }

    @Test func itServesWithFewDescriptors() throws {
        try withTalkServer(descriptorLimit: 16) { server, port in
            server.closeInput()
            let peers = try (0..<100).map { _ in try RawClient(port: port) }
            for peer in peers { try greet(server, over: peer) }
        }
    }

    /// Says hello to a server without input, and waits until it has closed.
    private func greet(_ server: Running, over peer: RawClient) throws {
        try peer.send("hello\n")
        #expect(try peer.receiveToEnd() == [])
        try server.waitForLine(containing: "hello")
    }
}

/// Waits until another program has waited for `seconds`: a clock without a sleep.
func waitLonger(than seconds: String) throws {
    let clock = try HostileServer.silent.result(of: "guess-client") {
        ["127.0.0.1", "\($0)", "--delay", "0", "--timeout", seconds]
    }
    #expect(clock.exit == 1)
}
