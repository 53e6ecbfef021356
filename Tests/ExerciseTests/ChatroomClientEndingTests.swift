import Foundation
import Testing

/// CS 212, question 8: the client's end: by itself, by a signal, or with a hostile server.
struct ChatroomClientEndingTests {
    private static let joined = "Server: time=10.01 Batman has joined. Member count=1"

    @Test(arguments: [
        ("Batman\nhi", "Batman\nhi"), ("Batman\nhi\n", "Batman\nhi\n"),
        ("Batman", "Batman\n"), ("quit", "quit\n"), ("quit\nx\n", "quit\n"),
    ])
    func theEndOfInputEndsItsStream(input: String, sent: String) throws {
        try withChatroomClient { client, server in
            try client.write(input)
            client.closeInput()
            if input.hasPrefix("Batman") {
                try server.expectLine("Batman")
                try server.send(Self.joined + "\n")
            }
            let rest = sent.hasPrefix("Batman") ? sent.dropFirst(7) : sent[...]
            let ended = rest.isEmpty || rest.hasSuffix("\n") ? String(rest) : "\(rest)\n"
            #expect(String(decoding: try server.receiveToEnd(), as: UTF8.self) == ended)
            server.close()
            #expect(try client.waitForExit() == 0)
            let output = input.hasPrefix("Batman") ? "\(Self.joined)\n" : ""
            #expect(client.standardOutput == "Enter login name:\n\(output)")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test(arguments: ["", "\n \n"])
    func inputThatEndsWithoutANameIsWrongUsage(input: String) throws {
        try withChatroomClient { client, server in
            try client.write(input)
            client.closeInput()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 64)
            let problem = "chatroom-client: no name was given, and input has ended\n"
            #expect(client.standardError.hasPrefix(problem))
        }
    }

    @Test func inputThatEndsAfterARefusedNameIsAFailure() throws {
        try withChatroomClient { client, server in
            try client.write("Batman\n")
            try server.expectLine("Batman")
            try server.send("error: name taken\n")
            client.closeInput()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 1)
            let problem = "chatroom-client: the server does not take this name; try another\n"
            #expect(client.standardError == problem)
        }
    }

    @Test(arguments: ["quit\n", ""])
    func aServerThatDoesNotCloseIsHeardUntilItIsSilent(farewell: String) throws {
        try withChatroomClient { client, server in
            try client.write("Batman\n")
            try server.expectLine("Batman")
            try server.send(Self.joined + "\n")
            try client.waitForLine(containing: "has joined")
            try client.write(farewell)
            if farewell.isEmpty { client.closeInput() }
            #expect(try server.receiveToEnd() == Array(farewell.utf8))
            try server.send("Robin: bye\nlast words")
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput
                    == "Enter login name:\n\(Self.joined)\nRobin: bye\nlast words\n")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test(.withoutThreadSanitizer(because: "it is too slow for so many bytes in 10 s"))
    func aServerThatFloodsWhoHasLeftIsCutOff() throws {
        let flood = HostileServer("sends without end to who has left") { connection in
            _ = try connection.receive(exactly: 7)
            try connection.send(Self.joined + "\n")
            _ = try connection.receiveToEnd()
            let lines = Array(String(repeating: "[] \n", count: 1_000).utf8)
            while let sent = connection.sendWithoutWaiting(lines[...]) {
                if sent == 0 { try connection.wait(for: Int32(POLLOUT), "send") }
            }
        }
        let result = try flood.result(of: "chatroom-client", input: "Batman\nquit\n") {
            ["127.0.0.1", "\($0)", "--pause", "0"]
        }
        #expect(result.exit == 0 && result.stderr.isEmpty)
        #expect((1_048_576...1_200_000).contains(result.stdout.utf8.count))
    }

    @Test(arguments: [false, true])
    func aServerThatClosesFirstIsNoticedAtOnce(isLoggedIn: Bool) throws {
        try withChatroomClient { client, server in
            if isLoggedIn {
                try client.write("Batman\n")
                try server.expectLine("Batman")
                try server.send("\(Self.joined)\nRobin: bye")
            }
            server.shutdownSending()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 1)
            let output = isLoggedIn ? "\(Self.joined)\nRobin: bye\n" : ""
            #expect(client.standardOutput == "Enter login name:\n\(output)")
            #expect(client.standardError == "chatroom-client: the server closed the connection\n")
        }
    }

    @Test(
        arguments: [
            (HostileServer.silent, Self.noReply),
            (
                .stallsInMidMessage(Array("Serv".utf8)),
                "only 4 bytes of a message came, and nothing more for 0.2 s; "
                    + "with a --pause above 0 that is a message"
            ),
            (.closesAtOnce, "the server closed the connection"),
            (.closesInMidMessage(Array("Serv".utf8)), "the server closed the connection"),
            (.resetsAtOnce, "reset"), (.resetsInMidMessage(Array("Serv".utf8)), "reset"),
            (.byteAtATime([Array("\(Self.joined)\n".utf8)], toEach: 7), nil),
            (
                HostileServer("talks without end") { connection in
                    let noise = [UInt8](repeating: 0x78, count: 100_000)
                    while let sent = connection.sendWithoutWaiting(noise[...]) {
                        if sent == 0 { try connection.wait(for: Int32(POLLOUT), "send") }
                    }
                },
                "message longer than 24706 bytes; send shorter ones, each with a newline at its end"
            ),
        ] as [(HostileServer, String?)])
    func itMeetsHostileServers(server: HostileServer, problem: String?) throws {
        let result = try server.result(of: "chatroom-client", input: "Batman\n") {
            ["127.0.0.1", "\($0)", "--pause", "0", "--timeout", "0.2"]
        }
        #expect(result.exit == (problem == nil ? 0 : 1), "\(server.name)")
        #expect(result.stdout.isEmpty || result.stdout.hasPrefix("Enter login name:\n"))
        if problem == "reset" {
            expectResetReported(result.stderr, by: "chatroom-client")
        } else {
            #expect(result.stderr == (problem.map { "chatroom-client: \($0)\n" } ?? ""))
        }
    }

    private static let noReply =
        "no reply within 0.2 s; a server written without line ends may need --bare"

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "chatroom-client") {
            port = $0
            return ["127.0.0.1", "\($0)"]
        }
        #expect(result == ProgramResult.refused("chatroom-client", port: port))
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        try withChatroomClient { client, server in
            try client.waitForLine(containing: "Enter login name:")
            client.signal(signal)
            #expect(try client.waitForExit() == code)
            #expect(try server.receiveToEnd() == [])
            #expect(client.standardOutput == "Enter login name:\n" && client.standardError.isEmpty)
        }
    }
}
