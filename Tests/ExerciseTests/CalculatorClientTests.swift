import Foundation
import Testing

/// Practice 4, Exercise II: the client's requests and their times, its output, and its errors.
struct CalculatorClientTests {
    @Test func itHasExpressionsCalculated() throws {
        try withCalculatorServer { server, port in
            let expressions = [
                "12 + 30", "-7 - -9", " 6  * 7 ", "1 / 3", "5 / 0", "-5 % 3",
                "5 % 0", "5 ? 2",
                "2147483647 * 2147483647",
            ]
            let result = try client(port, expressions)
            #expect(
                result
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            12 + 30 = 42
                            -7 - -9 = 2
                            6 * 7 = 42
                            1 / 3 = 0.3333333
                            5 / 0: division by zero
                            -5 % 3 = 1
                            5 % 0: division by zero
                            5 ? 2: unknown operator
                            2147483647 * 2147483647 = 4611686014132420609

                            """, stderr: ""))
            try server.waitForLine(containing: "client 1 left")
            #expect(server.standardError.split(separator: "\n").count == 1)
        }
    }

    // SplitMix64 from the seed and Lemire's method, worked out in Python: two numbers from 1 to
    // 100 with an operator between them, five times.
    @Test func fiveRandomRequestsAreRepeatedByTheSeed() throws {
        try withCalculatorServer { _, port in
            for _ in 0..<2 {
                let result = try client(port, ["--seed", "7"])
                #expect(
                    result.stdout == """
                        39 + 91 = 130
                        59 - 25 = 34
                        47 - 14 = 33
                        42 + 96 = 138
                        92 / 87 = 1.0574713

                        """)
            }
        }
    }

    @Test func eachRequestWaitsForTheReplyBefore() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "1 + 2", "3 * 4", "--delay", "0", "-v"]
        try withProgram("calculator-client", arguments + ["--pause", "0"]) { client in
            let server = try listener.accept()
            #expect(try server.receiveOnce() == [1, 0, 0, 0, 2, 0, 0, 0, 0x2B])
            try server.send("3")
            try client.waitForLine(on: .standardError, containing: "1 + 2 [01")
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            try server.send("\r\n")
            #expect(try server.receiveOnce() == [3, 0, 0, 0, 4, 0, 0, 0, 0x2A])
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            try server.send("12\n")
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "1 + 2 = 3\n3 * 4 = 12\n")
            #expect(
                client.standardError == """
                    calculator-client: to 127.0.0.1:\(listener.port): 1 + 2 \
                    [01 00 00 00 02 00 00 00 2b]
                    calculator-client: from 127.0.0.1:\(listener.port): 3 [33 0d 0a]
                    calculator-client: to 127.0.0.1:\(listener.port): 3 * 4 \
                    [03 00 00 00 04 00 00 00 2a]
                    calculator-client: from 127.0.0.1:\(listener.port): 12 [31 32 0a]

                    """
            )
        }
    }

    @Test(
        arguments: [
            ("i c i", nil, "-12 * 30", "-360"), ("I 1s I", nil, "3 + 4", "7"),
            ("f f 1s", nil, "12.5 * 2", "25"),
            ("d d c", nil, "1e+22 * 10", "1e+23"), ("d d c", nil, "-7.5 % 2", "0.5"),
            ("q q c", nil, "9223372036854775807 + 1", "9223372036854775808"),
            ("i i 1s", "i", "7 / 2", "3"), ("i c i", "i i c", "-7 / 2", "-3"),
            ("f f 1s", "f f 1s", "7 / 2", "3.5"),
        ] as [(String, String?, String, String)])
    func bothSidesSpeakTheLayoutsOfAClass(
        layout: String, reply: String?, expression: String, result: String
    ) throws {
        let options = ["--layout", layout] + (reply.map { ["--reply", $0] } ?? [])
        try withCalculatorServer(options) { _, port in
            let ended = try client(port, options + [expression])
            let stdout = "\(expression) = \(result)\n"
            #expect(ended == ProgramResult(exit: 0, stdout: stdout, stderr: ""))
        }
    }

    @Test func aTextThatIsNoNumberIsPrintedAndTheClientGoesOn() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "1 + 2", "3 * 4", "5 + 6"]
        let program = "calculator-client"
        try withProgram(program, arguments + ["--delay", "0", "--pause", "0"]) { client in
            let server = try listener.accept()
            for reply in ["is \u{1B}three\n", "*\0\0\0\n", "11\n"] {
                _ = try server.receive(exactly: 9)
                try server.send(reply)
            }
            #expect(try server.receiveToEnd() == [])
            server.close()
            let advice = "the reply is no text; a server that replies in binary needs --reply"
            let stderr = "\(program): \(advice)\n\(program): \(advice)\n"
            let stdout =
                "1 + 2: is \\u{1B}three\n3 * 4: *\\u{0}\\u{0}\\u{0}\n5 + 6 = 11\n"
            let result = try client.runToEnd()
            #expect(result == ProgramResult(exit: 0, stdout: stdout, stderr: stderr))
        }
    }

    @Test func aBinaryReplyThatDoesNotComeIsAnError() throws {
        try withCalculatorServer(["--reply", "i"]) { _, port in
            let result = try client(port, ["--reply", "i", "1 + 1", "5 / 0", "2 + 2"])
            let line = "calculator-client: the server closed the connection before it had replied\n"
            #expect(result == ProgramResult(exit: 1, stdout: "1 + 1 = 2\n", stderr: line))
        }
    }

    @Test(arguments: [
        (HostileServer.closesAtOnce, [], "the server closed the connection before it had replied"),
        (
            .closesInMidMessage([0x2A, 0], after: 9), ["--reply", "i"],
            "message cut off after 2 of 4 bytes; another --reply may fit"
        ),
        (.silent, [], "no reply within 0.2 s; another --layout may fit"),
        (
            .stallsInMidMessage([0x34], after: 9), [],
            "only 1 byte of a message came, and nothing more for 0.2 s; "
                + "with a --pause above 0 that is a message"
        ),
        (
            .stallsInMidMessage([0x2A, 0], after: 9), ["--reply", "i i"],
            "only 2 of 8 bytes of a message came, and nothing more for 0.2 s; "
                + "another --reply may fit"
        ),
    ])
    func theClientTellsWhatTheServerDidWrong(
        server: HostileServer, options: [String], problem: String
    ) throws {
        let result = try server.result(of: "calculator-client") {
            ["127.0.0.1", "\($0)", "12 + 30", "--delay", "0", "--pause", "0", "--timeout", "0.2"]
                + options
        }
        let line = "calculator-client: \(problem)\n"
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: line))
    }

    @Test func aReplyMayComeAByteAtATimeOrEndWithTheStream() throws {
        let replies = ["42\n", "err: big\n", "0.5"].map { Array($0.utf8) }
        let server = HostileServer("replies in pieces") { connection in
            for reply in replies {
                _ = try connection.receive(exactly: 9)
                try connection.sendInPieces(reply)
            }
            connection.shutdownSending()
            _ = try? connection.receiveToEnd()
        }
        let result = try server.result(of: "calculator-client") {
            ["127.0.0.1", "\($0)", "40 + 2", "1 * 1", "1 / 2", "--delay", "0", "--pause", "0"]
        }
        let stdout = "40 + 2 = 42\n1 * 1: no finite result\n1 / 2 = 0.5\n"
        #expect(result == ProgramResult(exit: 0, stdout: stdout, stderr: ""))
    }

    @Test(arguments: [HostileServer.resetsAtOnce, .resetsInMidMessage([0x34], after: 9)])
    func theClientTellsOfAReset(server: HostileServer) throws {
        let result = try server.result(of: "calculator-client") {
            ["127.0.0.1", "\($0)", "12 + 30", "--delay", "0", "--pause", "0"]
        }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "calculator-client")
    }

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "calculator-client") {
            port = $0
            return ["127.0.0.1", "\($0)", "1 + 1"]
        }
        #expect(result == ProgramResult.refused("calculator-client", port: port))
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "--delay", "1000"]
        try withProgram("calculator-client", arguments) {
            let connection = try listener.accept()
            $0.signal(signal)
            #expect(try $0.waitForExit() == code)
            #expect(try connection.receiveToEnd() == [])
            #expect($0.standardOutput.isEmpty && $0.standardError.isEmpty)
        }
    }

    // Without a line end the client waits for the pause, its default one.
    @Test(.requiresPython, arguments: [[], ["i c i"], ["f f 1s", "f f 1s"], ["i i 1s", "i"]])
    func ourClientMeetsANaiveServer(formats: [String]) throws {
        try PythonPeer.with("calculator_server", ["127.0.0.1", "0"] + formats) { server in
            let options = Array(zip(["--layout", "--reply"], formats).map { [$0, $1] }.joined())
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "12 + 30", "84 / 2"]
            let result = try run("calculator-client", arguments + ["--delay", "0"] + options)
            let second = formats.last == "i" ? "42" : "42.0"
            let first = formats.first == "f f 1s" ? "42.0" : "42"
            let stdout = "12 + 30 = \(first)\n84 / 2 = \(second)\n"
            #expect(result == ProgramResult(exit: 0, stdout: stdout, stderr: ""))
        }
    }

    private func client(_ port: Int, _ arguments: [String]) throws -> ProgramResult {
        try run(
            "calculator-client",
            ["127.0.0.1", "\(port)", "--delay", "0", "--pause", "0"] + arguments)
    }
}
