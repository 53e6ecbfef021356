import Foundation
import Testing

/// Programming 2, "Simulating a HTTP client": http-get with servers of every kind.
struct HTTPGetTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\n"

    @Test func theRequestIsToTheByte() throws {
        let listener = try RawServer()
        try withProgram("http-get", ["127.0.0.1:\(listener.port)", "a b"]) { client in
            let connection = try listener.accept()
            for line in [
                "GET /a%20b HTTP/1.1\r", "Host: 127.0.0.1:\(listener.port)\r", "Accept: */*\r",
                "Connection: close\r", "\r",
            ] {
                #expect(try connection.receiveLine() == line)
            }
            try connection.send(Self.ok + "hello")
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "hello" && client.standardError.isEmpty)
            // The client closes first, and has sent nothing more.
            let rest = try connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: [
        (ok + "hello", "hello"), ("HTTP/1.0 200 OK\r\n\r\nhello", "hello"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
            "hello"
        ),
        ("HTTP/1.1 200 OK\r\n\r\n\u{1B}[2J\u{0}\n", "\u{1B}[2J\u{0}\n"),
    ])
    func theBodyIsPrintedUntouched(response: String, body: String) throws {
        for pieces in [false, true] {
            let result = try serving(response, inPieces: pieces)
            #expect(result == ProgramResult(exit: 0, stdout: body, stderr: ""))
        }
    }

    @Test func withTheOptionTheHeadIsPrintedToo() throws {
        #expect(
            try serving(Self.ok + "hello", ["-i"])
                == ProgramResult(exit: 0, stdout: Self.ok + "hello", stderr: ""))
        // Then the whole response is shown, with any status.
        let missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"
        #expect(
            try serving(missing, ["-i"])
                == ProgramResult(
                    exit: 1, stdout: missing,
                    stderr: "http-get: 404 Not Found: the server refuses /; check the path\n"))
    }

    @Test(.requiresPython) func onATerminalTheHeadCannotMoveTheCursor() throws {
        let server = try RawServer()
        let program = try BuiltPrograms.path(of: "http-get")
        let command = [program, "127.0.0.1:\(server.port)", "-i"]
        try PythonPeer.with("terminal", ["80"] + command) { terminal in
            let connection = try server.accept()
            while try connection.receiveLine() != "\r" {}
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX: \u{1B}[2J\r\n\r\n"
            try connection.send(head + "a\u{7}\n")
            #expect(try connection.receiveToEnd() == [])
            connection.close()
            #expect(try terminal.waitForExit() == 0)
            #expect(
                terminal.standardOutput
                    == head.replacing("\u{1B}", with: "\\u{1B}") + "a\u{7}\r\n")
        }
    }

    @Test(arguments: [
        (
            "301 Moved Permanently\r\nLocation: http://a/b\u{1B}",
            "301 Moved Permanently: it is at http://a/b\\u{1B}; ask for that"
        ),
        ("302 Found\r\nlocation: /c", "302 Found: it is at /c; ask for that"),
        ("304 Not Modified", "304 Not Modified"), ("301 \r\nLocation: ", "301"),
        ("404 Not\u{7} Found", "404 Not\\u{7} Found: the server refuses /; check the path"),
        ("500 Oops", "500 Oops: the server has failed; try again later"),
        ("999 ", "999: the server has failed; try again later"),
    ])
    func whatIsNoSuccessIsToldAndNotPrinted(head: String, problem: String) throws {
        #expect(
            try serving("HTTP/1.1 \(head)\r\nContent-Length: 4\r\n\r\nbody")
                == ProgramResult(exit: 1, stdout: "", stderr: "http-get: \(problem)\n"))
    }

    @Test(
        arguments: [
            (HostileServer.closesAtOnce, "the server closed the connection without a reply"),
            (.wrongAnswer, "this is no web server: it answers 'hello there\\u{A}'"),
            (
                .closesInMidMessage(Array("HTTP/1.1 200 OK\r\nX".utf8)),
                "the server closed the connection in the middle of the header"
            ),
            (
                .closesInMidMessage(Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".utf8)),
                "the server closed the connection after 0 of 9 bytes of the body"
            ),
        ] as [(HostileServer, String)])
    func aServerThatBreaksOffIsAnError(server: HostileServer, problem: String) throws {
        let result = try server.result(of: "http-get") { ["127.0.0.1:\($0)"] }
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: "http-get: \(problem)\n"))
    }

    @Test(arguments: [
        HostileServer.resetsAtOnce, .resetsInMidMessage(Array("HTTP/1.1 200".utf8)),
    ])
    func aResetIsAnError(server: HostileServer) throws {
        let result = try server.result(of: "http-get") { ["127.0.0.1:\($0)"] }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "http-get")
    }

    @Test(arguments: [
        ("", "no reply within 0.2 s"),
        ("HTTP/1.1 200", "only 12 bytes of the header came, and nothing more for 0.2 s"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
            "only 5 of 10 bytes of the body came, and nothing more for 0.2 s"
        ),
    ])
    func aServerIsNotWaitedForLongerThanTheTimeout(part: String, problem: String) throws {
        let server = HostileServer.stallsInMidMessage(Array(part.utf8))
        let result = try server.result(of: "http-get") { ["127.0.0.1:\($0)", "--timeout", "0.2"] }
        let body = part.hasSuffix("hello") ? "hello" : ""
        #expect(
            result == ProgramResult(exit: 1, stdout: body, stderr: "http-get: \(problem)\n"))
    }

    @Test func whatCameBeforeTheEndIsPrinted() throws {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"
        #expect(
            try serving(half)
                == ProgramResult(
                    exit: 1, stdout: "hello",
                    stderr: "http-get: the server closed the connection after 5 of 10 bytes "
                        + "of the body\n"))
    }

    @Test func aHeaderOfAMebibyteIsRefused() throws {
        let server = HostileServer("sends a header of 1 MiB") { connection in
            _ = try connection.receive(exactly: 1)
            let long = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 1 << 20)
            // The client may close before it has all of it.
            try? connection.send(long)
            _ = try? connection.receiveToEnd()
        }
        #expect(
            try server.result(of: "http-get") { ["127.0.0.1:\($0)"] }
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "http-get: the server's header is longer than 64 KiB\n"))
    }

    @Test func anErrorWithAnEndlessBodyIsNotReadToItsEnd() throws {
        let server = HostileServer("never stops") { connection in
            _ = try connection.receive(exactly: 1)
            try connection.send("HTTP/1.1 404 Not Found\r\n\r\n")
            let piece = [UInt8](repeating: 0x78, count: 65_536)
            while (try? connection.send(piece)) != nil {}
        }
        let result = try server.result(of: "http-get") { ["127.0.0.1:\($0)"] }
        #expect(result.exit == 1 && result.stdout.isEmpty)
    }

    @Test func nobodyListensAndWrongUsage() throws {
        var port = 0
        let nobody = try HostileServer.resultWithNobodyListening(of: "http-get") {
            port = $0
            return ["127.0.0.1:\($0)"]
        }
        #expect(nobody == .refused("http-get", port: port))
        try expectUsageError(
            "http-get", ["https://example.com/"],
            "https:// is encrypted, which this program cannot do; try http://",
            usage: "[options] <host>[:<port>] [<path>]")
        let usage = "[options] <host>[:<port>] [<path>]"
        try expectUsageError("http-get", [], "missing <host>[:<port>]", usage: usage)
        try expectUsageError(
            "http-get", ["a:b"], "'b' is not a port from 1 to 65535", usage: usage)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsIt(signal: Int32) throws {
        let listener = try RawServer()
        try withProgram("http-get", ["127.0.0.1:\(listener.port)"]) { client in
            let connection = try listener.accept()
            _ = try connection.receiveLine()
            client.signal(signal)
            #expect(try client.waitForExit() == 128 + signal)
            connection.close()
        }
    }

    @Test func aTraceShowsTheParts() throws {
        let result = try serving(Self.ok + "hello", ["-v"])
        #expect(result.stdout == "hello")
        let lines = result.stderr.split(separator: "\n").map { $0.split(separator: ": ")[2] }
        #expect(
            lines.map { String($0.prefix { $0 != "[" }) } == [
                "GET / HTTP/1.1 ", "200 OK ", "5 bytes of the body ", "end of the body ",
            ])
    }

    @Test(.requiresPython) func itGetsFilesFromPythonsServer() throws {
        let folder = try ScratchFolder()
        let large = seededBytes(count: 1_000_000, seed: 1)
        try folder.write("large.bin", large)
        try folder.write("empty.txt", "")
        try folder.write("a b.txt", "grüße\n")
        try folder.makeFolder("sub")
        let server = try Running(
            ["python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"],
            folder: folder.path)
        try finishing(server) { server in
            // Serving HTTP on 127.0.0.1 port 43867 (http://127.0.0.1:43867/) ...
            let words = try server.waitForLine(containing: " port ").split(separator: " ")
            let host = "localhost:\(words[5])"
            let got = try withProgram("http-get", [host, "large.bin"]) { client in
                let exit = try client.waitForExit()
                #expect(exit == 0)
                return client.standardOutputBytes
            }
            #expect(got == large)
            #expect(try run("http-get", [host, "/empty.txt"]).stdout == "")
            #expect(try run("http-get", ["http://\(host)/a b.txt"]).stdout == "grüße\n")
            #expect(
                try run("http-get", [host, "sub"])
                    == ProgramResult(
                        exit: 1, stdout: "",
                        stderr: "http-get: 301 Moved Permanently: it is at /sub/; ask for that\n"))
            let missing = try run("http-get", [host, "nope"])
            #expect(missing.exit == 1 && missing.stdout.isEmpty)
            #expect(missing.stderr.hasPrefix("http-get: 404 File not found: "))
        }
    }

    // MARK: Steps

    /// Serves one request with `response`, and closes.
    private func serving(
        _ response: String, _ options: [String] = [], inPieces: Bool = false
    ) throws -> ProgramResult {
        let server = HostileServer("serves") { connection in
            while try connection.receiveLine() != "\r" {}
            if inPieces {
                try connection.sendInPieces(response)
            } else {
                try connection.send(response)
            }
            connection.shutdownSending()
            _ = try? connection.receiveToEnd()
        }
        return try server.result(of: "http-get") { ["127.0.0.1:\($0)"] + options }
    }
}

extension HostileServer {
    fileprivate static let wrongAnswer = HostileServer("speaks another protocol") { connection in
        _ = try connection.receive(exactly: 1)
        try connection.send("hello there\n")
        connection.shutdownSending()
        _ = try? connection.receiveToEnd()
    }
}
