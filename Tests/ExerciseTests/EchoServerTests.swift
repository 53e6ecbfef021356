import Foundation
import Testing

/// Lab 2, Assignment 1: the plain iterative server, seen from a bare socket.
struct EchoServerTests {
    @Test func itPrintsWhatTheSheetShows() throws {
        try withEchoServer { server in
            let port = try server.listeningPort()
            let peer = try RawClient(port: port)
            let own = try peer.localPort
            try peer.send("Hello World!")
            peer.shutdownSending()
            #expect(try peer.receiveToEnd() == Array("HELLO WORLD!".utf8))
            peer.close()
            try server.waitForLine(containing: "Data from")
            #expect(
                server.standardOutput == """
                    Server is running
                    Connected by: ('127.0.0.1', \(own))
                    Data from connected user: Hello World!

                    """)
            #expect(server.standardError == "echo-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test(.requiresIPv6) func anIPv6AddressIsShownAsPythonShowsIt() throws {
        try withProgram("echo-server", ["::1", "0"]) { server in
            let peer = try RawClient(port: server.listeningPort(), address: "::1")
            #expect(
                try server.waitForLine(containing: "Connected")
                    == "Connected by: ('::1', \(try peer.localPort), 0, 0)")
        }
    }

    @Test(arguments: [
        // Worked out with Python's str.upper.
        ("hello, world\n", "HELLO, WORLD\n"), ("stra\u{DF}e \u{FB01}\n", "STRASSE FI\n"),
        ("\u{149} \u{1C6}\n", "\u{2BC}N \u{1C4}\n"), ("\u{390}\n", "\u{399}\u{308}\u{301}\n"),
        ("\u{3C3}\u{3C2} \u{131}i\n", "\u{3A3}\u{3A3} II\n"), ("日本 😀 42\n", "日本 😀 42\n"),
        ("line\r\n", "LINE\n"), ("\n", "\n"), (" tab\tblank \n", " TAB\tBLANK \n"),
    ])
    func theReplyIsInUpperCase(sentence: String, reply: String) throws {
        try withEchoServer { server in
            let peer = try RawClient(port: server.listeningPort())
            try peer.send(sentence)
            let received = try peer.receiveToEnd()
            #expect(received == Array(reply.utf8))
            // Without a line end the reply has none either.
            let bare = String(sentence.dropLast())
            guard !bare.isEmpty else { return }
            let received2 = try exchange(bare, with: server)
            #expect(received2 == Array(reply.utf8.dropLast()))
        }
    }

    @Test func wrongUTF8BecomesAReplacementCharacter() throws {
        try withEchoServer { server in
            let peer = try RawClient(port: server.listeningPort())
            try peer.send([0x61, 0xFF, 0x62, 0xC3, 0x0A])
            #expect(try peer.receiveToEnd() == Array("A\u{FFFD}B\u{FFFD}\n".utf8))
            #expect(
                try server.waitForLine(containing: "Data")
                    == "Data from connected user: a\u{FFFD}b\u{FFFD}")
        }
    }

    @Test func whatIsPrintedIsEscapedAndWhatIsSentBackIsNot() throws {
        try withEchoServer { server in
            let reply = try exchange("a\u{1B}[2J\u{202E}\tb\u{7F}", with: server)
            #expect(reply == Array("A\u{1B}[2J\u{202E}\tB\u{7F}".utf8))
            #expect(
                try server.waitForLine(containing: "Data")
                    == "Data from connected user: a\\u{1B}[2J\\u{202E}\tb\\u{7F}")
        }
    }

    @Test func aPauseEndsASentenceThatHasNoLineEnd() throws {
        try withEchoServer(["--pause", "0.05"]) { server in
            let peer = try RawClient(port: server.listeningPort())
            try peer.send("hello")
            #expect(try peer.receiveToEnd() == Array("HELLO".utf8))
        }
    }

    @Test func aSentenceHasAtMost4096Bytes() throws {
        try withEchoServer { server in
            let longest = String(repeating: "a", count: 4_096)
            for ending in ["", "\n", "\r\n"] {
                let expected = String(repeating: "A", count: 4_096) + (ending.isEmpty ? "" : "\n")
                let reply = try exchange(longest + ending, with: server)
                #expect(reply == Array(expected.utf8))
            }
            for text in [longest + "a", longest + "a\n", String(repeating: "a", count: 50_000)] {
                let peer = try RawClient(port: server.listeningPort())
                let own = try peer.localPort
                try peer.send(text)
                peer.shutdownSending()
                // The stream ends without a reset, though the server did not read all of it.
                let reply = try peer.receiveToEnd()
                #expect(reply.isEmpty)
                #expect(
                    try server.waitForLine(on: .standardError, containing: "longer")
                        == "echo-server: 127.0.0.1:\(own): message longer than 4096 bytes; "
                        + "send shorter ones, each with a newline at its end")
            }
        }
    }

    @Test func aConnectionBringsOneSentence() throws {
        try withEchoServer { server in
            let reply = try exchange("one\ntwo\nthree\n", with: server)
            #expect(reply == Array("ONE\n".utf8))
        }
    }

    @Test func silentClientsCostTheNextOneTheirTimeEach() throws {
        try withEchoServer(["--timeout", "0.1"]) { server in
            let port = try server.listeningPort()
            let silent = try (0..<10).map { _ in try RawClient(port: port) }
            let reply = try exchange("hello", with: server)
            #expect(reply == Array("HELLO".utf8))
            for peer in silent {
                #expect(
                    try server.nextLine(on: .standardError)
                        == "echo-server: 127.0.0.1:\(try peer.localPort): "
                        + "no whole message within 0.1 s")
                let rest = try peer.receiveToEnd()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func aByteNowAndThenBuysNoMoreTime() throws {
        try withEchoServer(["--timeout", "0.2"]) { server in
            let peer = try RawClient(port: server.listeningPort())
            // It sends a byte, then looks whether the server has given up, and so on.
            repeat {
                guard peer.sendWithoutWaiting([0x61]) != nil else { break }
            } while !isReady(peer.descriptor, for: Int32(POLLIN), by: Date() + 0.02)
            let line = try server.waitForLine(on: .standardError, containing: "no whole")
            #expect(line.contains(": no whole message within 0.2 s: only "))
        }
    }

    @Test func aClientThatGoesOnSendingIsHeardOutWhileOthersAreServed() throws {
        try withEchoServer { server in
            let peer = try RawClient(port: server.listeningPort())
            try peer.send("one\n")
            #expect(try peer.receiveLine() == "ONE")
            for _ in 1...5 {
                try peer.send("more\n")
                let reply = try exchange("hello", with: server)
                #expect(reply == Array("HELLO".utf8))
            }
            // An end, and no reset.
            #expect(try peer.receiveToEnd() == [])
        }
    }

    @Test func itMeetsTheHostileCases() throws {
        try withEchoServer(["--timeout", "1"]) { server in
            let cases = try HostileCases(against: server) { peer in
                try peer.send("hello\n")
                #expect(try peer.receiveToEnd() == Array("HELLO\n".utf8))
            }
            // Here the end of the stream ends a whole sentence.
            try cases.halfAMessage(Array("hel".utf8))
            try cases.byteAtATime(Array("hello\n".utf8), replies: Array("HELLO\n".utf8))
            try cases.manyInOneSegment(Array("one\ntwo\n".utf8), replies: Array("ONE\n".utf8))
            try cases.resetInMidMessage(Array("hel".utf8))
            try cases.probes()
            try cases.silentPeers(count: 3)
            try cases.stalledPeers(Array("hel".utf8), count: 3)
            try cases.neverReading(count: 20, flood: Array("hello\n".utf8))
            try cases.randomBytes()
            try cases.crowd()
        }
    }

    @Test func itServesWithFewDescriptors() throws {
        let path = try BuiltPrograms.path(of: "echo-server")
        let server = try Running([path, "127.0.0.1", "0", "--pause", "0"], descriptorLimit: 16)
        try finishing(server) { server in
            let port = try server.listeningPort()
            let peers = try (0..<100).map { _ in try RawClient(port: port) }
            for peer in peers {
                try peer.send("hello\n")
                #expect(try peer.receiveToEnd() == Array("HELLO\n".utf8))
            }
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItInGoodOrder(signal: Int32) throws {
        try withEchoServer { server in
            let peer = try RawClient(port: server.listeningPort())
            try server.waitForLine(containing: "Connected by")
            server.signal(signal)
            #expect(try server.waitForExit() == 0)
            #expect(try peer.receiveToEnd() == [])
        }
    }

    @Test func aTraceShowsEveryMessageOnStandardError() throws {
        try withEchoServer(["-v"]) { server in
            let peer = try RawClient(port: server.listeningPort())
            let own = try peer.localPort
            try peer.send("hi\n")
            _ = try peer.receiveToEnd()
            #expect(
                try server.waitForLine(on: .standardError, containing: " from ")
                    == "echo-server: from 127.0.0.1:\(own): \"hi\" [68 69 0a]")
            #expect(
                try server.waitForLine(on: .standardError, containing: " to ")
                    == "echo-server: to 127.0.0.1:\(own): \"HI\" [48 49 0a]")
        }
    }

    /// Sends a whole sentence, ends the stream, and returns the whole reply.
    private func exchange(_ sentence: String, with server: Running) throws -> [UInt8] {
        let peer = try RawClient(port: server.listeningPort())
        try peer.send(sentence)
        peer.shutdownSending()
        return try peer.receiveToEnd()
    }
}

/// Starts an echo server, gone when `body` has ended.
func withEchoServer(_ arguments: [String] = [], _ body: (Running) throws -> Void) throws {
    let pause = arguments.contains("--pause") ? [] : ["--pause", "0"]
    try withProgram("echo-server", ["127.0.0.1", "0"] + pause + arguments, body)
}
