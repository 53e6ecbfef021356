import Foundation
import Testing

/// Programming 2, Task 5.2: the server's answers, byte for byte.
struct HangmanServerTests {
    @Test(arguments: ["select", "poll", "epoll"])
    func aGameIsWon(poller: String) throws {
        try withHangmanServer(["--word", "server", "--poller", poller]) { server, port in
            let player = try RawClient(port: port)
            try player.say("start", hearing: "length 6")
            try player.say("e", hearing: "at 2,5")
            try player.say("X", hearing: "none 5")
            try player.say("x", hearing: "again x")
            try player.say("S", hearing: "at 1")
            try player.say("!", hearing: "error: send one letter from a to z, or start")
            try player.say("r", hearing: "at 3,6")
            // Both lines in one send.
            try player.send("v\n")
            #expect(try player.receiveOnce() == Array("at 4\nend won server\n".utf8))
            try player.say("e", hearing: "error: no game has begun; send start")
            try player.say("start", hearing: "length 6")
            try player.say("e", hearing: "at 2,5")
            player.shutdownSending()
            try player.expectEnd()
            try expectWritten(by: server, "client 1 joined\nclient 1 left\n")
            #expect(
                server.standardError == "hangman-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func sixMissesLose() throws {
        try withHangmanServer(["--word=TEA"]) { _, port in
            let player = try RawClient(port: port)
            try player.say("start", hearing: "length 3")
            for (letter, left) in zip("bcdfg", [5, 4, 3, 2, 1]) {
                try player.say("\(letter)", hearing: "none \(left)")
            }
            try player.send("h\n")
            #expect(try player.receiveOnce() == Array("none 0\nend lost tea\n".utf8))
        }
        try withHangmanServer(["--word", "tea", "--misses", "1"]) { _, port in
            let player = try RawClient(port: port)
            try player.say("start", hearing: "length 3")
            try player.say("x", hearing: "none 0", "end lost tea")
        }
    }

    @Test func aGuessBeforeStartAndStartInMidGame() throws {
        try withHangmanServer(["--word", "tea"]) { _, port in
            let player = try RawClient(port: port)
            try player.say("t", hearing: "error: no game has begun; send start")
            try player.say("start", hearing: "length 3")
            try player.say("x", hearing: "none 5")
            try player.send("start\n")
            #expect(try player.receiveOnce() == Array("end lost tea\nlength 3\n".utf8))
            try player.say("y", hearing: "none 5")
        }
    }

    @Test func theSeedRepeatsTheWords() throws {
        let lengths = try (0..<2).map { _ in
            try withHangmanServer(["--seed", "7"]) { _, port in
                let player = try RawClient(port: port)
                return try (0..<20).map { _ -> String in
                    try player.send("start\n")
                    let line = try player.receiveLine()
                    guard line.hasPrefix("end") else { return line }
                    return "\(line) \(try player.receiveLine())"
                }
            }
        }
        #expect(lengths[0] == lengths[1])
        #expect(Set(lengths[0]).count > 15)
    }

    @Test func theWordsMayComeFromAFile() throws {
        let folder = try ScratchFolder()
        let path = try folder.write("mine.txt", "\u{FEFF}# mine\r\n\r\n  Tea \r\nTEA\n")
        try withHangmanServer(["--words", path]) { _, port in
            let player = try RawClient(port: port)
            try player.say("start", hearing: "length 3")
            try player.say("start", hearing: "end lost tea", "length 3")
        }
        // --word replaces the file, but the file must still be good.
        try withHangmanServer(["--words", path, "--word", "apple"]) { _, port in
            try RawClient(port: port).say("start", hearing: "length 5")
        }
    }

    @Test(arguments: [
        ("tea\ngrüße\n", "line 2: 'grüße' is not a word of 1 to 64 letters from a to z"),
        ("tea\n\n\nco-op\n", "line 4: 'co-op' is not a word of 1 to 64 letters from a to z"),
        ("# none\n", "no words in it"), ("", "no words in it"),
    ])
    func aBadFileIsToldWithItsLine(text: String, reason: String) throws {
        let folder = try ScratchFolder()
        try folder.write("mine.txt", text)
        let result = try run(
            "hangman-server", ["0", "--words", "mine.txt"], folder: folder.path)
        #expect(
            result
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "hangman-server: cannot read 'mine.txt': \(reason)\n"))
    }

    @Test func aFileThatCannotBeReadIsTold() throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("folder")
        try folder.write("bytes", [0x61, 0x0A, 0xFF, 0x0A])
        for (name, reason) in [
            ("none", "no such file"), ("folder", "is a folder"), ("bytes", "line 2: not UTF-8"),
        ] {
            let result = try run(
                "hangman-server", ["0", "--words", name], folder: folder.path)
            #expect(
                result
                    == ProgramResult(
                        exit: 1, stdout: "",
                        stderr: "hangman-server: cannot read '\(name)': \(reason)\n"))
        }
    }

    @Test func everyPlayerHasAGameOfTheirOwn() throws {
        try withHangmanServer(["--word", "tea"]) { server, port in
            let first = try RawClient(port: port)
            let second = try RawClient(port: port)
            try second.say("start", hearing: "length 3")
            try first.say("start", hearing: "length 3")
            try first.say("t", hearing: "at 1")
            try second.say("x", hearing: "none 5")
            try first.say("x", hearing: "none 5")
            second.reset()
            try server.waitForLine(containing: "client 1 left")
            try first.say("a", hearing: "at 3")
            try first.say("e", hearing: "at 2", "end won tea")
        }
    }

    @Test func aPauseEndsAMessageOfWhoSendsNoNewline() throws {
        try withHangmanServer(["--word", "tea", "--pause", "0.25"]) { _, port in
            let student = try RawClient(port: port)
            try student.send("start")
            try student.expectLine("length 3")
            try student.send("t")
            try student.expectLine("at 1")
        }
    }

    @Test func theEndOfTheStreamEndsAMessage() throws {
        try withHangmanServer(["--word", "tea"]) { _, port in
            let student = try RawClient(port: port)
            try student.send("start\nt\r\na")
            student.shutdownSending()
            #expect(try student.receiveToEnd() == Array("length 3\nat 1\nat 3\n".utf8))
        }
    }

    @Test func everyMessageIsTraced() throws {
        try withHangmanServer(["--word", "tea", "-v"]) { server, port in
            let player = try RawClient(port: port)
            try player.say("start", hearing: "length 3")
            try player.say("\u{1B}", hearing: "error: send one letter from a to z, or start")
            try player.say("t", hearing: "at 1")
            try expectWritten(
                by: server, on: .standardError,
                """
                hangman-server: listening on 127.0.0.1:\(port)
                hangman-server: from client 1: "start" [73 74 61 72 74 0a]
                hangman-server: to client 1: "length 3" [6c 65 6e 67 74 68 20 33 0a]
                hangman-server: from client 1: "\\u{1B}" [1b 0a]
                hangman-server: to client 1: "error: send one letter from a to z, or start" \
                [65 72 72 6f 72 3a 20 73 65 6e 64 20 6f 6e 65 20 6c 65 74 74 65 72 20 66 72 6f \
                6d 20 61 20 74 6f 20 7a 2c 20 6f 72 20 73 74 61 72 74 0a]
                hangman-server: from client 1: "t" [74 0a]
                hangman-server: to client 1: "at 1" [61 74 20 31 0a]

                """)
        }
    }

    @Test(.enabled(if: RawServer.supportsIPv6)) func itListensOnIPv6() throws {
        try withProgram("hangman-server", ["::1", "0", "--word", "tea", "--pause", "0"]) {
            let port = try $0.listeningPort()
            let player = try RawClient(port: port, address: "::1")
            try player.say("start", hearing: "length 3")
            #expect($0.standardError == "hangman-server: listening on [::1]:\(port)\n")
        }
    }

    @Test(arguments: [
        (
            ["--word", "two words"],
            "--word: 'two words' is not a word of 1 to 64 letters from a to z"
        ),
        (["--word", ""], "--word: '' is not a word of 1 to 64 letters from a to z"),
        (["--word", "grüße"], "--word: 'grüße' is not a word of 1 to 64 letters from a to z"),
        (["--misses", "0"], "--misses: '0' is not a whole number from 1 to 25"),
        (["--misses", "26"], "--misses: '26' is not a whole number from 1 to 25"),
        (["--seed", "x"], "--seed: 'x' is not a whole number from 0 to 18446744073709551615"),
        (["2", "3"], "unexpected argument '3'"),
    ])
    func itRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        let address = arguments[0].hasPrefix("-") ? ["0"] : ["1"]
        try expectUsageError(
            "hangman-server", address + arguments, reason, usage: "[options] [<address>] <port>")
    }
}
