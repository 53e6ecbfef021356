import Testing

/// Text without a line end, from a peer that has sent a line end before.
struct PauseTests {
    /// The course's own chat sample passes `[anna\n] text` on, and sends no line end after it.
    @Test(arguments: [
        ("chat-client", ["anna"]), ("chatroom-client", []), ("talk-client", []),
        ("arithmetic-client", ["anna"]), ("strftime-client", []),
    ])
    func aPauseEndsWhatIsOnlyShown(client name: String, arguments: [String]) throws {
        let listener = try RawServer()
        let address = ["127.0.0.1", "\(listener.port)", "--pause", "0.05"]
        try withProgram(name, address + arguments) { client in
            let server = try listener.accept()
            for argument in arguments { try server.expectLine(argument) }
            for reply in ["one\n", "two", "three"] {
                try client.write("1 + 1\n")
                try server.expectLine("1 + 1")
                try server.send(reply)
                try client.waitForLine(containing: reply.filter { $0 != "\n" })
            }
        }
    }

    @Test func theSumClientWaitsForNoNumberAfterAName() throws {
        let listener = try RawServer()
        let arguments = ["--name", "Alice", "--number", "42", "--pause", "0.05"]
        try withProgram("sum-client", ["127.0.0.1", "\(listener.port)"] + arguments) { client in
            let server = try listener.accept()
            #expect(try server.receiveToEnd() == Array("Alice,42".utf8))
            try server.send("Welcome\n")
            let problem = "sum-client: the server replied 'Welcome', without a number\n"
            #expect(
                try client.runToEnd() == ProgramResult(exit: 1, stdout: "", stderr: problem))
        }
    }
}
