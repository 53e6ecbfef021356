import Foundation
import Testing

/// Hangman with hostile, many, and naive players.
struct HangmanHostileTests {
    @Test func aGoodPlayerNoticesNothingOfTheOthers() throws {
        try withHangmanServer(["--word", "tea"]) { server, port in
            let good = try RawClient(port: port)
            try good.say("start", hearing: "length 3")
            let cases = try HostileCases(against: server) { player in
                try good.say("t", hearing: "at 1")
                try good.say("start", hearing: "end lost tea", "length 3")
                try player.say("start", hearing: "length 3")
                try player.say("x", hearing: "none 5")
            }
            let half = Array("sta".utf8)
            let game = "start\nt\nt\nx\nhello\na\ne\ne\n"
            let replies = """
                length 3
                at 1
                again t
                none 5
                error: send one letter from a to z, or start
                at 3
                at 2
                end won tea
                error: no game has begun; send start

                """
            try cases.halfAMessage(half)
            try cases.byteAtATime(Array(game.utf8), replies: Array(replies.utf8))
            let twice = replies + replies
            try cases.manyInOneSegment(Array((game + game).utf8), replies: Array(twice.utf8))
            try cases.resetInMidMessage(half)
            try cases.probes()
            try cases.silentPeers()
            try cases.dribblingPeers(half)
            try cases.neverReading(flood: Array("start\n".utf8), limit: 16 << 10)
            try cases.randomBytes()
            try cases.crowd()
            try good.say("t", hearing: "at 1")
            #expect(!server.standardOutput.contains("client 1 left"))
        }
    }

    @Test func aClientThatNeverReadsIsNotRead() throws {
        try withHangmanServer(["--word", "tea"]) { server, port in
            let cases = try HostileCases(against: server) {
                try $0.say("start", hearing: "length 3")
            }
            try cases.neverReading(count: 1, flood: Array("\n".utf8), limit: 4 << 20)
            let memory = server.residentMemory ?? 0
            #expect(memory < 64 << 20)
        }
    }

    @Test func aMessageHasAtMost4096Bytes() throws {
        try withHangmanServer(["--word", "tea"]) { server, port in
            let player = try RawClient(port: port)
            let longest = String(repeating: "x", count: 4_096)
            try player.say("start", hearing: "length 3")
            try player.say(longest, hearing: "error: send one letter from a to z, or start")
            try player.send("\(longest)x\n")
            try player.expectEnd()
            try expectWritten(by: server, "client 1 joined\nclient 1 left\n")
            try expectWritten(
                by: server, on: .standardError,
                """
                hangman-server: listening on 127.0.0.1:\(port)
                hangman-server: client 1: message longer than 4096 bytes; send shorter ones, \
                each with a newline at its end

                """)
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withHangmanServer(descriptorLimit: 64) { server, _ in
            let cases = try HostileCases(against: server) { player in
                try player.send("start\n")
                #expect(try player.receiveLine().hasPrefix("length "))
            }
            try cases.outOfDescriptors(limit: 64)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withHangmanServer(["--word", "tea"]) { server, port in
            let players = try (0..<3).map { _ in try RawClient(port: port) }
            for player in players { try player.say("start", hearing: "length 3") }
            try players[0].send("sta")
            try expectOrderlyEnd(of: server, by: signal, peers: players)
        }
    }

    @Test(.requiresPython) func aNaiveClientMeetsOurServer() throws {
        try withHangmanServer(["--word", "tea", "--pause", "0.25"]) { _, port in
            let client = try PythonPeer.run("hangman_client", ["127.0.0.1", "\(port)", "txae"])
            let lines = "length 3\nat 1\nnone 5\nat 3\nat 2\nend won tea\n"
            #expect(client == ProgramResult(exit: 0, stdout: lines, stderr: ""))
        }
    }

    @Test(.requiresPython) func ourClientMeetsANaiveServer() throws {
        try PythonPeer.with("hangman_server", ["127.0.0.1", "0", "tea"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "--bare"]
            #expect(
                try run("hangman-client", arguments, input: "t\nx\na\ne\n")
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            _ _ _
                            t _ _
                            no x, 5 misses left
                            t _ a
                            t e a
                            You won: tea

                            """,
                        stderr: ""))
            let lost = try run("hangman-client", arguments, input: "b\nc\nd\nf\ng\nh\n")
            #expect(lost.stdout.hasSuffix("no h, 0 misses left\nYou lost: tea\n"))
        }
    }
}
