import Testing

/// Our clients at the course's own sample of a chat server. It takes each `recv` for a message.
struct ChatSampleTests {
    /// It dies if the name is not there when it accepts, and it passes `[anna\n] text` on.
    ///
    /// The handshake waits 0.2 s for the name. A busy machine may stop a client for that long once,
    /// but not five times.
    @Test(.requiresPython) func ourClientsTalkThere() throws {
        for _ in 1..<5 where (try? talk()) != nil { return }
        try talk()
    }

    private func talk() throws {
        try PythonPeer.with("chat_sample_server", ["127.0.0.1", "0"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())"]
            try withProgram("chat-client", arguments + ["bob"]) { bob in
                try server.waitForLine(containing: "joined: bob")
                try withProgram("chat-client", arguments) { anna in
                    // The text follows at once, but is no part of the name.
                    try anna.write("anna\nhello bob\n")
                    try bob.waitForLine(containing: "] hello bob")
                    try anna.write("are you there?\n")
                    try bob.waitForLine(containing: "] are you there?")
                    #expect(
                        bob.standardOutput == "[anna\n] hello bob\n[anna\n] are you there?\n")
                }
            }
        }
    }
}
