import Foundation
import Testing

/// Unit B3, the sheet's example: the server, seen from a bare socket.
struct MessageServerTests {
    @Test func itPrintsWhatTheSheetShows() throws {
        try withMessageServer { server in
            let port = try server.listeningPort()
            let first = try say("this is my message", to: server)
            let second = try say("another", to: server)
            try expectWritten(
                by: server,
                "('127.0.0.1', \(first)): this is my message\n"
                    + "('127.0.0.1', \(second)): another\n")
            #expect(server.standardError == "message-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test(.requiresIPv6) func anIPv6AddressIsShownAsPythonShowsIt() throws {
        try withProgram("message-server", ["::1", "0"]) { server in
            let own = try say("hello", to: server, at: "::1")
            try expectWritten(by: server, "('::1', \(own), 0, 0): hello\n")
        }
    }

    @Test(arguments: [
        // The bytes of nc, and of telnet.
        ("hello\n", "hello"), ("hello\r\n", "hello"), ("\n", ""),
        ("two\nlines\n", "two\\u{A}lines"),
        ("a\n\n", "a\\u{A}"), ("carriage\rreturn\r", "carriage\\u{D}return\\u{D}"),
        ("\u{1B}[2J\u{202E}\tb\u{7F}", "\\u{1B}[2J\\u{202E}\tb\\u{7F}"), ("日本 😀 é", "日本 😀 é"),
        (" blanks ", " blanks "), ("\0", "\\u{0}"),
        // No client can forge a line of another client.
        ("hi\n('127.0.0.1', 1): no", "hi\\u{A}('127.0.0.1', 1): no"),
    ])
    func aMessageIsALineWhateverIsInIt(message: String, shown: String) throws {
        try withMessageServer { server in
            let own = try say(message, to: server)
            try expectWritten(by: server, "('127.0.0.1', \(own)): \(shown)\n")
        }
    }

    @Test func wrongUTF8BecomesAReplacementCharacter() throws {
        try withMessageServer { server in
            let peer = try RawClient(port: server.listeningPort())
            try peer.send([0x61, 0xFF, 0x62, 0xC3])
            peer.shutdownSending()
            let line = try server.nextLine()
            #expect(line.hasSuffix("): a\u{FFFD}b\u{FFFD}"))
        }
    }

    @Test func onlyTheEndOfTheStreamEndsAMessage() throws {
        try withMessageServer { server in
            let peer = try RawClient(port: server.listeningPort())
            let own = try peer.localPort
            try peer.sendInPieces("one\ntwo ")
            #expect(server.standardOutput.isEmpty)
            try peer.sendInPieces("three")
            peer.shutdownSending()
            #expect(try peer.receiveToEnd() == [])
            try expectWritten(by: server, "('127.0.0.1', \(own)): one\\u{A}two three\n")
        }
    }

    @Test func aMessageHasAtMostAMebibyte() throws {
        try withMessageServer { server in
            let most = 1_048_576
            // A line end at the end counts, though it is not printed.
            for ending in ["", "\r\n"] {
                let text = String(repeating: "x", count: most - ending.utf8.count)
                let own = try say(text + ending, to: server)
                let line = try server.nextLine()
                let isWhole = line == "('127.0.0.1', \(own)): \(text)"
                #expect(isWhole)
            }
            for excess in ["y", "yyyy", "\n"] {
                let own = try say(String(repeating: "x", count: most) + excess, to: server)
                #expect(
                    try server.waitForLine(on: .standardError, containing: "more than")
                        == "message-server: cannot receive from 127.0.0.1:\(own): "
                        + "it sent more than 1048576 bytes")
            }
            let own = try say("and on it goes", to: server)
            #expect(try server.nextLine() == "('127.0.0.1', \(own)): and on it goes")
        }
    }

    @Test func aClientThatSaysNothingLeavesNoTrace() throws {
        try withMessageServer { server in
            let port = try server.listeningPort()
            for _ in 1...20 { try RawClient(port: port).close() }
            _ = try say("", to: server)
            let own = try say("hello", to: server)
            try expectWritten(by: server, "('127.0.0.1', \(own)): hello\n")
            #expect(server.standardError == "message-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func clientsAreHeardOneAfterAnother() throws {
        try withMessageServer { server in
            let port = try server.listeningPort()
            let first = try RawClient(port: port)
            try first.send("I came ")
            let second = try RawClient(port: port)
            try second.send("second")
            // It may leave; its message waits for its turn.
            second.close()
            try first.send("first")
            first.shutdownSending()
            #expect(try server.nextLine().hasSuffix("): I came first"))
            #expect(try server.nextLine().hasSuffix("): second"))
        }
    }

    @Test func aResetIsToldAndEndsThatClientAlone() throws {
        try withMessageServer { server in
            let peer = try RawClient(port: server.listeningPort())
            let own = try peer.localPort
            try peer.send("hel")
            peer.reset()
            #expect(
                try server.waitForLine(on: .standardError, containing: "127.0.0.1:\(own)")
                    == "message-server: cannot receive from 127.0.0.1:\(own): "
                    + "connection reset by peer; "
                    + "the other program ended, or closed before it had read everything")
            let next = try say("hello", to: server)
            try expectWritten(by: server, "('127.0.0.1', \(next)): hello\n")
        }
    }

    @Test func silentClientsCostTheNextOneTheirTimeEach() throws {
        try withMessageServer(["--timeout", "0.2"]) { server in
            let port = try server.listeningPort()
            let silent = try (0..<5).map { _ in try RawClient(port: port) }
            try silent[1].send("begun")
            // Its message and its end are there when its turn comes.
            let peer = try RawClient(port: port)
            try peer.send("hello")
            peer.shutdownSending()
            for (index, peer) in silent.enumerated() {
                let part = index == 1 ? " after 5 bytes" : ""
                #expect(
                    try server.nextLine(on: .standardError)
                        == "message-server: cannot receive from "
                        + "127.0.0.1:\(try peer.localPort): timed out\(part)")
                #expect(try peer.receiveToEnd() == [])
            }
            #expect(try server.nextLine() == "('127.0.0.1', \(try peer.localPort)): hello")
        }
    }

    @Test func itMeetsTheHostileCases() throws {
        try withMessageServer { server in
            let cases = try HostileCases(against: server) { try greet(server, over: $0) }
            // Here the end of the stream ends a whole message.
            try cases.halfAMessage(Array("hel".utf8))
            try cases.byteAtATime(Array("hello\n".utf8), replies: [], endsStream: true)
            try cases.manyInOneSegment(Array("a\nb\n".utf8), replies: [], endsStream: true)
            try cases.resetInMidMessage(Array("hel".utf8))
            try cases.probes()
            try cases.crowd()
        }
    }

    @Test func itSurvivesNoise() throws {
        try withMessageServer { server in
            // The printed noise is long, so look through it only once.
            let cases = try HostileCases(against: server) { peer in
                try peer.send("hello")
                peer.shutdownSending()
                #expect(try peer.receiveToEnd() == [])
            }
            try cases.randomBytes(from: 10, count: 10_000)
            // This is more than a message may have.
            try cases.randomBytes(from: 3, count: 3 << 20)
            try greet(server, over: RawClient(port: server.listeningPort()))
        }
    }

    @Test func peersThatHoldOnCostTheirTimeAndNoMore() throws {
        try withMessageServer(["--timeout", "1"]) { server in
            let cases = try HostileCases(against: server) { try greet(server, over: $0) }
            try cases.silentPeers(count: 2)
            try cases.stalledPeers(Array("hel".utf8), count: 2)
            try cases.neverReading(count: 2, flood: Array("hello\n".utf8))
        }
    }

    @Test func itServesWithFewDescriptors() throws {
        let path = try BuiltPrograms.path(of: "message-server")
        let server = try Running([path, "127.0.0.1", "0"], descriptorLimit: 16)
        try finishing(server) { server in
            let port = try server.listeningPort()
            let peers = try (0..<100).map { _ in try RawClient(port: port) }
            for peer in peers { try greet(server, over: peer) }
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItInGoodOrder(signal: Int32) throws {
        try withMessageServer { server in
            let port = try server.listeningPort()
            try greet(server, over: RawClient(port: port))
            let peer = try RawClient(port: port)
            try peer.send("hel")
            server.signal(signal)
            #expect(try server.waitForExit() == 0)
            #expect(server.standardOutput.hasSuffix("): hello\n"))
        }
    }

    @Test func aTraceShowsEveryMessageOnStandardError() throws {
        try withMessageServer(["-v"]) { server in
            let own = try say("hi\n", to: server)
            #expect(
                try server.waitForLine(on: .standardError, containing: " from ")
                    == "message-server: from 127.0.0.1:\(own): \"hi\\u{A}\" [68 69 0a]")
        }
    }
}

/// Starts a message server, gone when `body` has ended.
func withMessageServer(_ arguments: [String] = [], _ body: (Running) throws -> Void) throws {
    try withProgram("message-server", ["127.0.0.1", "0"] + arguments, body)
}

/// Sends a whole message, waits until the server has read it, and returns the port it came from.
private func say(
    _ message: String, to server: Running, at address: String = "127.0.0.1"
) throws -> Int {
    let peer = try RawClient(port: server.listeningPort(), address: address)
    try peer.send(message)
    peer.shutdownSending()
    #expect(try peer.receiveToEnd() == [])
    return try peer.localPort
}

/// Says hello and waits until the server has printed it.
private func greet(_ server: Running, over peer: RawClient) throws {
    try peer.send("hello")
    peer.shutdownSending()
    #expect(try peer.receiveToEnd() == [])
    try server.waitForLine(containing: "('127.0.0.1', \(try peer.localPort)): hello")
}
