import Foundation
import Testing

/// Programming 2, Processing Client Requests: the client's messages and output.
struct StrftimeClientTests {
    @Test(arguments: StrftimeServiceTests.servers)
    func itPrintsTheReplyToEachArgument(server: String) throws {
        try withStrftimeServer(server) { server, port in
            let formats = ["%F", "", "%T%n", "--", "-%d-"]
            #expect(
                try run("strftime-client", ["127.0.0.1", "\(port)"] + formats)
                    == ProgramResult(
                        exit: 0, stdout: "2026-11-21\n\n23:59:59\\u{A}\n-21-\n", stderr: ""))
            try server.waitForLine(containing: "client 1 left")
        }
    }

    @Test(arguments: StrftimeServiceTests.servers)
    func orToEachLineOfInput(server: String) throws {
        try withStrftimeServer(server) { server, port in
            try withProgram("strftime-client", ["127.0.0.1", "\(port)"]) { client in
                // Each at once, and not only at the end of input.
                for (format, reply) in [("%F", "2026-11-21"), ("%T\r", "23:59:59"), ("", "")] {
                    try client.write(format + "\n")
                    #expect(try client.nextLine() == reply)
                }
                #expect(
                    try client.runToEnd(input: "no line end")
                        == ProgramResult(
                            exit: 0, stdout: "2026-11-21\n23:59:59\n\nno line end\n", stderr: ""))
            }
            try server.waitForLine(containing: "client 1 left")
        }
    }

    @Test func itHasOneQuestionUnderWayAtATime() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "%H", "%M"]
        try withProgram("strftime-client", arguments) { client in
            let connection = try listener.accept()
            #expect(try connection.receiveOnce() == Array("%H\n".utf8))
            #expect(!isReady(connection.descriptor, for: Int32(POLLIN), by: Date()))
            try connection.send("a\u{1B}[2J\tb\n")
            try client.waitForLine(containing: "a\\u{1B}[2J\tb")
            #expect(try connection.receiveOnce() == Array("%M\n".utf8))
            try connection.send("error: no\n")
            #expect(try connection.receiveToEnd() == [])
            connection.close()
            #expect(
                try client.runToEnd()
                    == ProgramResult(
                        exit: 0, stdout: "a\\u{1B}[2J\tb\nerror: no\n", stderr: ""))
        }
    }

    @Test func bareMessagesHaveNoLineEnd() throws {
        let listener = try RawServer()
        let arguments = [
            "127.0.0.1", "\(listener.port)", "%H", "", "%M", "--bare", "--pause", "0.02",
        ]
        try withProgram("strftime-client", arguments) { client in
            let connection = try listener.accept()
            for (request, reply) in [("%H", "23"), ("%M", "59")] {
                #expect(try connection.receiveOnce() == Array(request.utf8))
                try connection.send(reply)
            }
            #expect(try connection.receiveToEnd() == [])
            connection.close()
            #expect(
                try client.runToEnd() == ProgramResult(exit: 0, stdout: "23\n59\n", stderr: ""))
        }
    }

    @Test func aFormatHasAtMost4096BytesAndAReply64KiB() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)"]
        let long = String(repeating: "x", count: 65_536)
        try withProgram("strftime-client", arguments) { client in
            try client.write("%d\n" + String(repeating: "x", count: 4_097) + "\n")
            let connection = try listener.accept()
            #expect(try connection.receiveLine() == "%d")
            try connection.send(long + "\n")
            #expect(try connection.receiveToEnd() == [])
            connection.close()
            let result = try client.runToEnd()
            let isExpected = result.stdout == long + "\n"
            #expect(isExpected && result.exit == 1)
            #expect(
                result.stderr
                    == "strftime-client: a message of 4097 bytes; the most is 4096\n")
        }
        let result = try HostileServer("sends too much") { connection in
            _ = try connection.receiveLine()
            try connection.send(long + "x\n")
            _ = try? connection.receiveToEnd()
        }.result(of: "strftime-client") { ["127.0.0.1", "\($0)", "%d"] }
        #expect(
            result
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "strftime-client: message longer than 65536 bytes; "
                        + "send shorter ones, each with a newline at its end\n"))
    }

    @Test(
        arguments: [
            (HostileServer.closesAtOnce, 1, ""), (.resetsAtOnce, 1, ""),
            (.resetsInMidMessage(Array("2".utf8), after: 3), 1, ""),
            // Text has no length: the bytes before the end are the reply.
            (.closesInMidMessage(Array("2".utf8), after: 3), 1, "2\n"),
            (.byteAtATime([Array("21\n".utf8), Array("23\n".utf8)], toEach: 3), 0, "21\n23\n"),
            // Its first two lines are taken for replies.
            (.wrongProtocol, 0, "HTTP/1.1 400 Bad Request\nContent-Length: 0\n"),
        ] as [(HostileServer, Int32, String)])
    func itMeetsHostileServers(server: HostileServer, exit: Int32, output: String) throws {
        let result = try server.result(of: "strftime-client") {
            ["127.0.0.1", "\($0)", "%d", "%H", "--pause", "0"]
        }
        #expect(result.exit == exit, "\(server.name)")
        #expect(result.stdout == output, "\(server.name)")
        #expect(result.stderr.filter { $0 == "\n" }.count == Int(exit))
    }

    @Test func whatWentWrongIsTold() throws {
        let closed = try HostileServer.closesAtOnce.result(of: "strftime-client") {
            ["127.0.0.1", "\($0)", "%d"]
        }
        #expect(
            closed.stderr == "strftime-client: the server closed the connection without a reply\n")
        var port = 0
        let nobody = try HostileServer.resultWithNobodyListening(of: "strftime-client") {
            port = $0
            return ["127.0.0.1", "\($0)"]
        }
        #expect(nobody == .refused("strftime-client", port: port))
        let reset = try HostileServer.resetsInMidMessage([0x32], after: 3).result(
            of: "strftime-client"
        ) { ["127.0.0.1", "\($0)", "%d"] }
        expectResetReported(reset.stderr, by: "strftime-client")
    }

    @Test(arguments: [[], ["--bare"]])
    func aReplyThatDoesNotComeIsNotWaitedForLongerThanTheTimeout(options: [String]) throws {
        let result = try HostileServer.silent.result(of: "strftime-client") {
            ["127.0.0.1", "\($0)", "%d", "--timeout", "0.1"] + options
        }
        let advice =
            options.isEmpty ? "; a server written without line ends may need --bare" : ""
        #expect(
            result
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "strftime-client: no reply within 0.1 s\(advice)\n"))
    }

    @Test func aTraceShowsEveryMessage() throws {
        try withStrftimeServer("strftime-server") { _, port in
            let address = "127.0.0.1:\(port)"
            let result = try run("strftime-client", ["127.0.0.1", "\(port)", "%d", "-v"])
            #expect(
                result.stderr == """
                    strftime-client: to \(address): "%d" [25 64 0a]
                    strftime-client: from \(address): "21" [32 31 0a]

                    """)
        }
    }

    @Test(.requiresPython, arguments: ["strftime_server", "threaded_server"])
    func itMeetsNaiveServers(server: String) throws {
        try PythonPeer.with(server, ["127.0.0.1", "0"]) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            for options in [[], ["--bare", "--pause", "0.1"]] {
                #expect(
                    try run("strftime-client", address + ["%%", "at no time", "%d%%"] + options)
                        .stdout.hasPrefix("%\nat no time\n"))
            }
        }
    }
}
