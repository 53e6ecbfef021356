import Testing

/// CS 212, question 6: servers that send something unasked, and clients that wait for it.
struct ArithmeticGreetingTests {
    @Test(.requiresPython, arguments: [[], ["--bare"]])
    func aGreetingIsNoAnswer(options: [String]) throws {
        try PythonPeer.with("arithmetic_greeting_server", ["127.0.0.1", "0"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "Anna"] + options
            #expect(
                try run("arithmetic-client", arguments, input: "12 + 42\n")
                    == ProgramResult(exit: 0, stdout: "Hello Anna\n54\n", stderr: ""))
        }
    }

    @Test func whatComesUnaskedIsPrintedBeforeTheNextRequest() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "Alice", "--pause", "0"]
        try withProgram("arithmetic-client", arguments) { client in
            let server = try listener.accept()
            try server.expectLine("Alice")
            try client.write("1 + 1\n")
            try server.expectLine("1 + 1")
            // A reply and a word more, in one segment: both are there before the next request.
            try server.send("2\nanything else?\n")
            try client.waitForLine(containing: "2")
            try client.write("1 + 2\n")
            try server.expectLine("1 + 2")
            try server.send("3\n")
            try client.waitForLine(containing: "3")
            #expect(client.standardOutput == "2\nanything else?\n3\n")
        }
    }

    @Test func whatAnotherProtocolSaysUnaskedIsNoReply() throws {
        let result = try HostileServer.wrongProtocol.result(
            of: "arithmetic-client", input: "12 + 42\n"
        ) { ["127.0.0.1", "\($0)", "Alice", "--pause", "30"] }
        let problem = "the server closed the connection before it had replied"
        let stdout = "HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n"
        let stderr = "arithmetic-client: \(problem)\n"
        #expect(result == ProgramResult(exit: 1, stdout: stdout, stderr: stderr))
    }
}
