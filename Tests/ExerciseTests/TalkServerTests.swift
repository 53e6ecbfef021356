import Foundation
import Testing

/// Unit B3, Lab tasks: the server's side of a talk, turn by turn.
struct TalkServerTests {
    @Test func eachSideSendsALineInItsTurn() throws {
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            try peer.send("hello\n")
            try server.waitForLine(containing: "hello")
            try server.write("hi there\n")
            #expect(try peer.receiveOnce() == Array("hi there\n".utf8))
            try peer.send("how are you?\r\n")
            try server.waitForLine(containing: "how are you?")
            try server.write("fine\n")
            try peer.expectLine("fine")
            peer.close()
            let next = try RawClient(port: port)
            try next.send("next\n")
            try server.waitForLine(containing: "next")
            try expectWritten(by: server, "hello\nhow are you?\nnext\n")
            #expect(server.standardError == "talk-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test(.requiresIPv6) func itTalksOverIPv6() throws {
        try withProgram("talk-server", ["::1", "0"]) { server in
            try server.write("hi\n")
            let peer = try RawClient(port: server.listeningPort(), address: "::1")
            try peer.send("hello\n")
            try peer.expectLine("hi")
            try expectWritten(by: server, "hello\n")
        }
    }

    @Test func whatIsTypedOutOfTurnWaitsForItsTurn() throws {
        try withTalkServer { server, port in
            try server.write("one\ntwo\nEXIT\nthree\n")
            let peer = try RawClient(port: port)
            for line in ["one", "two"] {
                try peer.send("x\n")
                #expect(try peer.receiveOnce() == Array("\(line)\n".utf8))
            }
            try peer.send("x\n")
            #expect(try peer.receiveToEnd() == [])
            let next = try RawClient(port: port)
            try next.send("y\n")
            try next.expectLine("three")
            try expectWritten(by: server, "x\nx\nx\ny\n")
        }
    }

    @Test func whatTheClientSendsOutOfTurnWaitsForItsTurn() throws {
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            try peer.send("1\n2\n3\n")
            for number in 1...3 {
                try expectWritten(by: server, (1...number).map { "\($0)\n" }.joined())
                try server.write("reply \(number)\n")
                try peer.expectLine("reply \(number)")
            }
            try peer.send("4\n")
            try expectWritten(by: server, "1\n2\n3\n4\n")
        }
    }

    @Test func aSecondClientWaitsForTheFirst() throws {
        try withTalkServer { server, port in
            let first = try RawClient(port: port)
            let second = try RawClient(port: port)
            try second.send("second\n")
            for number in 1...3 {
                try first.send("\(number)\n")
                try server.write("\(number)\n")
                try first.expectLine("\(number)")
            }
            try expectWritten(by: server, "1\n2\n3\n")
            first.close()
            try expectWritten(by: server, "1\n2\n3\nsecond\n")
            try server.write("hi\n")
            try second.expectLine("hi")
        }
    }

    @Test func anEmptyLineIsALine() throws {
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            try peer.send("\n")
            try server.write("\n")
            #expect(try peer.receiveOnce() == Array("\n".utf8))
            try expectWritten(by: server, "\n")
        }
    }

    @Test func whoSendsNoLineEndsGetsNone() throws {
        try withTalkServer(["--pause", "0.05"]) { server, port in
            let peer = try RawClient(port: port)
            try peer.send("hello")
            try server.waitForLine(containing: "hello")
            // An empty line would have no bytes, and both would wait.
            try server.write("\n\nhi\n")
            #expect(try peer.receiveOnce() == Array("hi".utf8))
            try peer.send("bye\n")
            try server.waitForLine(containing: "bye")
            try server.write("bye bye\n")
            try peer.expectLine("bye bye")
        }
    }

    @Test func whatIsPrintedIsEscaped() throws {
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            try peer.send(Array("a\u{1B}[2J\u{202E}\tb\r\u{7F}".utf8) + [0xFF, 0x0A])
            try expectWritten(by: server, "a\\u{1B}[2J\\u{202E}\tb\\u{D}\\u{7F}\u{FFFD}\n")
        }
    }

    @Test func aTraceShowsEveryMessageOnStandardError() throws {
        try withTalkServer(["-v"]) { server, port in
            let peer = try RawClient(port: port)
            let own = try peer.localPort
            try peer.send("hi\n")
            try server.write("\u{E9}\n")
            try peer.expectLine("\u{E9}")
            try expectWritten(
                by: server, on: .standardError,
                """
                talk-server: listening on 127.0.0.1:\(port)
                talk-server: from 127.0.0.1:\(own): "hi" [68 69 0a]
                talk-server: to 127.0.0.1:\(own): "\u{E9}" [c3 a9 0a]

                """)
        }
    }
}

/// Starts a talk server, gone when `body` has ended.
func withTalkServer(
    _ arguments: [String] = [], descriptorLimit: Int? = nil, _ body: (Running, Int) throws -> Void
) throws {
    let pause = arguments.contains("--pause") ? [] : ["--pause", "0"]
    try withProgram(
        "talk-server", ["127.0.0.1", "0"] + pause + arguments, descriptorLimit: descriptorLimit
    ) { server in try body(server, server.listeningPort()) }
}

/// Checks that a new client's line is printed, and that the typed line answers it.
func expectServed(by server: Running) throws {
    let peer = try RawClient(port: server.listeningPort())
    try peer.send("are you there?\n")
    try server.waitForLine(containing: "are you there?")
    try server.write("yes\n")
    try peer.expectLine("yes")
}
