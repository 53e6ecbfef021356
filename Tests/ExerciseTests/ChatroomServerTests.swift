import Foundation
import Testing

/// CS 212, question 8: the rules for names, and the receivers of each message.
struct ChatroomServerTests {
    @Test(arguments: ["select", "poll", "epoll"])
    func theSheetsRunIsPlayedToTheByte(poller: String) throws {
        try withChatroomServer(["--poller", poller]) { server, port in
            let batman = try RawClient(port: port)
            try batman.send("Batman\n")
            #expect(
                try batman.receiveText(exactly: 53)
                    == "Server: time=10.01 Batman has joined. Member count=1\n")
            let stranger = try RawClient(port: port)
            let voldemort = try RawClient(entering: server, as: "Voldemort", count: 2)
            try batman.expectLine("Server: time=10.01 Voldemort has joined. Member count=2")
            try batman.send("Anyone here?\n")
            try voldemort.expectLine("Batman: Anyone here?")
            try voldemort.send("Crucio!\r\n\n\r\n")
            try batman.expectLine("Voldemort: Crucio!")
            // Empty messages were not forwarded; only a line of its own is a farewell.
            try batman.send("Aaaaaaahrrhhhhhhh...\n quit\nQuit\nquit now\nquit\nnever\n")
            for line in ["Aaaaaaahrrhhhhhhh...", " quit", "Quit", "quit now"] {
                try voldemort.expectLine("Batman: \(line)")
            }
            try voldemort.expectLine("Server: time=10.01 Batman has left. Member count=1")
            // Its own words have not come back.
            #expect(try batman.receiveToEnd() == [])
            batman.close()
            stranger.shutdownSending()
            #expect(try stranger.receiveToEnd() == [])
            server.signal(SIGTERM)
            #expect(try voldemort.receiveToEnd() == [])
            voldemort.close()
            #expect(
                try server.runToEnd()
                    == ProgramResult(
                        exit: 0, stdout: "Batman joined\nVoldemort joined\nBatman left\n",
                        stderr: "chatroom-server: listening on 127.0.0.1:\(port)\n"))
        }
    }

    @Test(
        arguments: [
            ("", "the name is empty"),
            (String(repeating: "é", count: 33), "a name has at most 32 characters"),
            ("a:b", "a name holds no colon"), (":", "a name holds no colon"),
            ("Server", "'Server' is not free to be a name; choose another"),
            ("sERVER", "'sERVER' is not free to be a name; choose another"),
            ("a\u{1B}[2J", "a name holds only printable characters"),
            ("a\tb", "a name holds only printable characters"),
            ("\u{202E}anna", "a name holds only printable characters"),
            ("Batman", "name taken"), (" Batman\t", "name taken"), (" \t ", "the name is empty"),
            ("Server ", "'Server' is not free to be a name; choose another"),
        ])
    func aBadNameIsRefusedAndAnotherMayBeTried(name: String, reason: String) throws {
        try withChatroomServer { server, port in
            let batman = try RawClient(entering: server, as: "Batman", count: 1)
            let stranger = try RawClient(port: port)
            try stranger.send("\(name)\n")
            try stranger.expectLine("error: \(reason)")
            try batman.send("not for strangers\n")
            try stranger.send("\(name)\nRobin\nhello\n")
            try stranger.expectLine("error: \(reason)")
            try stranger.expectLine("Server: time=10.01 Robin has joined. Member count=2")
            try batman.expectLine("Server: time=10.01 Robin has joined. Member count=2")
            try batman.expectLine("Robin: hello")
            try expectWritten(by: server, "Batman joined\nRobin joined\n")
        }
    }

    @Test func wrongUTF8IsNoName() throws {
        try withChatroomServer { server, port in
            let stranger = try RawClient(port: port)
            try stranger.send([0x61, 0xFF, 0x0A])
            try stranger.expectLine("error: the name is not UTF-8")
        }
    }

    @Test func namesAreFreeAgainAndMayBeLong() throws {
        try withChatroomServer { server, port in
            let long = String(repeating: "é", count: 32)
            for _ in 0..<3 {
                let member = try RawClient(entering: server, as: long, count: 1)
                member.shutdownSending()
                #expect(try member.receiveToEnd() == [])
                member.close()
                try server.waitForLine(containing: "\(long) left")
            }
        }
    }

    @Test func whoHasNotLoggedInHearsNothingAndMayQuit() throws {
        try withChatroomServer { server, port in
            let batman = try RawClient(entering: server, as: "Batman", count: 1)
            let stranger = try RawClient(port: port)
            let robin = try RawClient(entering: server, as: "Robin", count: 2)
            try robin.send("hello\n")
            try batman.wait(for: "Robin: hello")
            try stranger.send("quit\nStranger\n")
            #expect(try stranger.receiveToEnd() == [])
            robin.reset()
            try batman.expectLine("Server: time=10.01 Robin has left. Member count=1")
            try expectWritten(by: server, "Batman joined\nRobin joined\nRobin left\n")
        }
    }

    @Test func theEndOfTheStreamIsAFarewellAndItsLastWordsAreHeard() throws {
        try withChatroomServer { server, port in
            let batman = try RawClient(entering: server, as: "Batman", count: 1)
            let robin = try RawClient(entering: server, as: "Robin", count: 2)
            try robin.send("last words")
            robin.shutdownSending()
            #expect(try robin.receiveToEnd() == [])
            try batman.expectLine("Server: time=10.01 Robin has joined. Member count=2")
            try batman.expectLine("Robin: last words")
            try batman.expectLine("Server: time=10.01 Robin has left. Member count=1")
            // There are two members at a time; the last one to go is told of nobody.
            let third = try RawClient(entering: server, as: "Robin", count: 2)
            try third.send("quit")
            third.shutdownSending()
            #expect(try third.receiveToEnd() == [])
            try batman.expectLine("Server: time=10.01 Robin has joined. Member count=2")
            try batman.expectLine("Server: time=10.01 Robin has left. Member count=1")
            batman.shutdownSending()
            #expect(try batman.receiveToEnd() == [])
        }
    }

    @Test func whatCouldMoveACursorIsEscapedOnItsWay() throws {
        try withChatroomServer { server, _ in
            let anna = try RawClient(entering: server, as: "anna", count: 1)
            let bob = try RawClient(entering: server, as: "bob", count: 2)
            try anna.send("\u{1B}[2J\u{0}\r\u{7F}\u{9B}\ttab \u{202E}\u{2069}é\u{200B}\n")
            try bob.expectLine(
                "anna: \\u{1B}[2J\\u{0}\\u{D}\\u{7F}\\u{9B}\ttab \\u{202E}\\u{2069}é\u{200B}")
            try anna.send([0x61, 0xFF, 0xC3, 0x0A])
            try bob.expectLine("anna: a\u{FFFD}\u{FFFD}")
        }
    }

    @Test func aMessageHasAtMost4096Bytes() throws {
        try withChatroomServer { server, _ in
            let bob = try RawClient(entering: server, as: "bob", count: 1)
            let anna = try RawClient(entering: server, as: "anna", count: 2)
            let longest = String(repeating: "é", count: 2_048)
            try anna.send("\(longest)\r\n\(longest)x\nnever\n")
            try bob.wait(for: "anna: \(longest)")
            try bob.expectLine("Server: time=10.01 anna has left. Member count=1")
            #expect(try anna.receiveToEnd() == [])
            try server.waitForLine(
                on: .standardError,
                containing: "chatroom-server: anna: message longer than 4096 bytes; send shorter "
                    + "ones, each with a newline at its end")
            let carl = try RawClient(entering: server, as: "carl", count: 2)
            try carl.send([UInt8](repeating: 0x1B, count: 4_096) + [0x0A])
            try bob.wait(for: "carl: " + String(repeating: "\\u{1B}", count: 4_096))
        }
    }

    @Test(arguments: [("XYZ-5:30", "15.31"), ("XYZ14:02", "19.59"), ("UTC0", "10.01")])
    func theTimeIsThatOfTheServersZone(zone: String, time: String) throws {
        try withChatroomServer(timeZone: zone) { server, port in
            let batman = try RawClient(port: port)
            try batman.send("Batman\n")
            try batman.expectLine("Server: time=\(time) Batman has joined. Member count=1")
        }
    }

    @Test func theTimeIsTheSystemsUnlessItIsGiven() throws {
        try withProgram("chatroom-server", ["127.0.0.1", "0"]) { server in
            let batman = try RawClient(port: server.listeningPort())
            try batman.send("Batman\n")
            let line = try batman.receiveLine()
            #expect(
                line.wholeMatch(
                    of: /Server: time=[0-2][0-9]\.[0-5][0-9] Batman has joined\. Member count=1/)
                    != nil)
        }
    }

    @Test func aPauseEndsAMessageOfWhoSendsNoNewline() throws {
        try withChatroomServer(["--pause", "0.25"]) { server, port in
            let observer = try RawClient(entering: server, as: "observer", count: 1)
            let student = try RawClient(port: port)
            try student.send("student")
            try student.expectLine("Server: time=10.01 student has joined. Member count=2")
            try observer.expectLine("Server: time=10.01 student has joined. Member count=2")
            try student.send("bare")
            try observer.expectLine("student: bare")
            try student.send("quit")
            #expect(try student.receiveToEnd() == [])
            try observer.expectLine("Server: time=10.01 student has left. Member count=1")
        }
    }

    @Test func everyMessageIsTraced() throws {
        try withChatroomServer(["-v"]) { server, port in
            let al = try RawClient(entering: server, as: "Al", count: 1)
            let bo = try RawClient(port: port)
            try bo.send("Al\n")
            try bo.expectLine("error: name taken")
            al.shutdownSending()
            #expect(try al.receiveToEnd() == [])
            try expectWritten(
                by: server, on: .standardError,
                """
                chatroom-server: listening on 127.0.0.1:\(port)
                chatroom-server: from client 1: "Al" [41 6c 0a]
                chatroom-server: to Al: "Server: time=10.01 Al has joined. Member count=1" \
                [53 65 72 76 65 72 3a 20 74 69 6d 65 3d 31 30 2e 30 31 20 41 6c 20 68 61 73 20 6a \
                6f 69 6e 65 64 2e 20 4d 65 6d 62 65 72 20 63 6f 75 6e 74 3d 31 0a]
                chatroom-server: from client 2: "Al" [41 6c 0a]
                chatroom-server: to client 2: "error: name taken" [65 72 72 6f 72 3a 20 6e 61 6d \
                65 20 74 61 6b 65 6e 0a]

                """)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withChatroomServer { server, port in
            let silent = try RawClient(port: port)
            let member = try RawClient(entering: server, as: "m", count: 1)
            try member.send("half a mess")
            try expectOrderlyEnd(of: server, by: signal, peers: [silent, member])
        }
    }

    @Test(.requiresIPv6) func itServesOverIPv6() throws {
        try withProgram("chatroom-server", ["::1", "0", "--pause", "0"]) { server in
            let member = try RawClient(port: server.listeningPort(), address: "::1")
            try member.send("m\n")
            #expect(try member.receiveLine().hasSuffix(" m has joined. Member count=1"))
        }
    }
}
