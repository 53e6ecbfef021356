import Foundation
import Testing

/// Practice 4, Chat application: the rules for names, and the receivers of each message.
struct ChatServerTests {
    @Test(arguments: ["select", "poll", "epoll"])
    func everyMessageReachesAllOthersAndNeverItsSender(poller: String) throws {
        try withChatServer(["--poller", poller]) { server, port in
            let anna = try RawClient(joining: server, as: "anna")
            let joseph = try RawClient(joining: server, as: "Joseph")
            let silent = try RawClient(port: port)
            try joseph.send("She turned me into a newt!\n")
            #expect(
                try anna.receive(exactly: 36) == Array("[Joseph] She turned me into a newt!\n".utf8)
            )
            try anna.send("A newt?\n\n\r\nI got better\r\n")
            try joseph.expectLine("[anna] A newt?")
            // Empty messages were not forwarded.
            try joseph.expectLine("[anna] I got better")
            let zoë = try RawClient(joining: server, as: "Zoë 3")
            try zoë.send("hi")
            zoë.shutdownSending()
            for other in [anna, joseph] { try other.expectLine("[Zoë 3] hi") }
            // A member that has left reads to a clean end. None of its own lines has come back.
            anna.shutdownSending()
            for member in [anna, zoë] { #expect(try member.receiveToEnd() == []) }
            try server.waitForLine(containing: "anna left")
            silent.shutdownSending()
            #expect(try silent.receiveToEnd() == [])
            server.signal(SIGTERM)
            #expect(try joseph.receiveToEnd() == [])
            joseph.close()
            #expect(
                try server.runToEnd()
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            anna joined
                            Joseph joined
                            Zoë 3 joined
                            Zoë 3 left
                            anna left

                            """,
                        stderr: "chat-server: listening on 127.0.0.1:\(port)\n"))
        }
    }

    @Test(
        arguments: [
            ("", "the name is empty"),
            (String(repeating: "é", count: 33), "a name has at most 32 characters"),
            ("a[b", "a name holds no brackets"), ("]", "a name holds no brackets"),
            ("a\u{1B}[2J", "a name holds only printable characters"),
            ("a\tb", "a name holds only printable characters"),
            ("\u{202E}anna", "a name holds only printable characters"),
            ("a\u{200B}", "a name holds only printable characters"),
            ("anna", "the name 'anna' is taken; choose another"),
            (" anna\t", "the name 'anna' is taken; choose another"), (" ", "the name is empty"),
        ])
    func aBadNameIsRefused(name: String, reason: String) throws {
        try withChatServer { server, port in
            let anna = try RawClient(joining: server, as: "anna")
            let stranger = try RawClient(port: port)
            try stranger.send("\(name)\nhello\n")
            #expect(try stranger.receiveToEnd() == Array("error: \(reason)\n".utf8))
            stranger.close()
            let other = try RawClient(joining: server, as: "other")
            try other.send("hello\n")
            // No message of the refused client came before.
            try anna.expectLine("[other] hello")
            try expectWritten(by: server, "anna joined\nother joined\n")
        }
    }

    @Test func namesAreFreeAgainAndMayBeLong() throws {
        try withChatServer { server, port in
            let long = String(repeating: "é", count: 32)
            for _ in 0..<3 {
                let member = try RawClient(joining: server, as: long)
                member.shutdownSending()
                #expect(try member.receiveToEnd() == [])
                member.close()
                try server.waitForLine(containing: "\(long) left")
            }
            let stranger = try RawClient(port: port)
            try stranger.send([0xFF, 0x0A])
            #expect(try stranger.receiveToEnd() == Array("error: the name is not UTF-8\n".utf8))
        }
    }

    @Test func whatCouldMoveACursorIsEscapedOnItsWay() throws {
        try withChatServer { server, _ in
            let (anna, bob) = (
                try RawClient(joining: server, as: "anna"),
                try RawClient(joining: server, as: "bob")
            )
            try anna.send("\u{1B}[2J\u{0}\r\u{7F}\u{9B}\ttab \u{202E}\u{2069}é\u{200B}\n")
            try bob.expectLine(
                "[anna] \\u{1B}[2J\\u{0}\\u{D}\\u{7F}\\u{9B}\ttab \\u{202E}\\u{2069}é\u{200B}")
            try anna.send([0x61, 0xFF, 0xC3, 0x0A])
            try bob.expectLine("[anna] a\u{FFFD}\u{FFFD}")
        }
    }

    @Test func aMessageHasAtMost4096Bytes() throws {
        try withChatServer { server, _ in
            let bob = try RawClient(joining: server, as: "bob")
            let anna = try RawClient(joining: server, as: "anna")
            let longest = String(repeating: "é", count: 2_048)
            try anna.send("\(longest)\r\n\(longest)x\nnever\n")
            try bob.expectLine("[anna] \(longest)")
            #expect(try anna.receiveToEnd() == [])
            try server.waitForLine(containing: "anna left")
            #expect(
                try server.nextLine(on: .standardError)
                    == "chat-server: anna: message longer than 4096 bytes; send shorter ones, "
                    + "each with a newline at its end")
            // All 4,096 characters, and each of them escaped, still pass.
            let carl = try RawClient(joining: server, as: "carl")
            try carl.send([UInt8](repeating: 0x1B, count: 4_096) + [0x0A])
            try bob.expectLine("[carl] " + String(repeating: "\\u{1B}", count: 4_096))
        }
    }

    @Test func aPauseEndsAMessageOfWhoSendsNoNewline() throws {
        try withChatServer(["--pause", "0.25"]) { server, port in
            let observer = try RawClient(joining: server, as: "observer")
            let student = try RawClient(port: port)
            try student.send("student")
            try server.waitForLine(containing: "student joined")
            // The observer has sent a newline: only a newline ends its messages from now on.
            try observer.send("one and ")
            try student.send("bare")
            try observer.expectLine("[student] bare")
            try observer.send("the same\n")
            try student.expectLine("[observer] one and the same")
        }
    }

    @Test func everyMessageIsTraced() throws {
        try withChatServer(["-v"]) { server, port in
            let anna = try RawClient(joining: server, as: "anna")
            let bob = try RawClient(joining: server, as: "bob")
            try anna.send("hi\n")
            try bob.expectLine("[anna] hi")
            try expectWritten(
                by: server, on: .standardError,
                """
                chat-server: listening on 127.0.0.1:\(port)
                chat-server: from client 1: "anna" [61 6e 6e 61 0a]
                chat-server: from client 2: "bob" [62 6f 62 0a]
                chat-server: from anna: "hi" [68 69 0a]
                chat-server: to bob: "[anna] hi" [5b 61 6e 6e 61 5d 20 68 69 0a]

                """)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withChatServer { server, _ in
            let members = try (0..<3).map { try RawClient(joining: server, as: "m\($0)") }
            try members[0].send("half a mess")
            try expectOrderlyEnd(of: server, by: signal, peers: members)
        }
    }

    @Test(arguments: [
        (["1", "2", "3"], "unexpected argument '3'"),
        (["0", "--pause", "x"], "--pause: 'x' is not a number of seconds from 0 to 1000000"),
        (["0", "--seed", "1"], "unknown option '--seed'"),
    ])
    func itRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "chat-server", arguments, reason, usage: "[options] [[<address>] <port>]")
    }
}
