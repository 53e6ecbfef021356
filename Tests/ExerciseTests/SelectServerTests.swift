import Foundation
import Testing

/// Practice 4, Exercise I: the bare loop of select, and its hostile clients.
struct SelectServerTests {
    @Test func everyMessageIsAnsweredWithTwoBytes() throws {
        try withSelectServer { server, port in
            let one = try RawClient(port: port)
            let two = try RawClient(port: port)
            for message in ["hello", "OK", "a\nb\n", "\0", String(repeating: "x", count: 4_096)] {
                try one.expectOK(to: message)
                try two.expectOK(to: message)
            }
            one.shutdownSending()
            #expect(try one.receiveToEnd() == [])
            try server.waitForLine(containing: "client 1 left")
            try two.expectOK(to: "still here")
            let three = try RawClient(port: port)
            try three.expectOK(to: "new")
            two.close()
            try server.waitForLine(containing: "client 2 left")
            server.signal(SIGINT)
            #expect(try three.receiveToEnd() == [])
            three.close()
            #expect(
                try server.runToEnd()
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            client 1 joined
                            client 2 joined
                            client 1 left
                            client 3 joined
                            client 2 left

                            """,
                        stderr: "select-server: listening on 127.0.0.1:\(port)\n"))
        }
    }

    @Test func oneReceiveTakesUpTo4096Bytes() throws {
        try withSelectServer { _, port in
            let client = try RawClient(port: port)
            try client.expectOK(to: String(repeating: "x", count: 4_096))
            try client.send(String(repeating: "x", count: 4_097))
            client.shutdownSending()
            #expect(try client.receiveToEnd() == Array("OKOK".utf8))
        }
    }

    @Test func everyMessageIsTraced() throws {
        try withSelectServer(["-v"]) { server, port in
            let client = try RawClient(port: port)
            try client.expectOK(to: "hé\u{1B}\n")
            try expectWritten(
                by: server, on: .standardError,
                """
                select-server: listening on 127.0.0.1:\(port)
                select-server: from client 1: "hé\\u{1B}\\u{A}" [68 c3 a9 1b 0a]
                select-server: to client 1: "OK" [4f 4b]

                """)
        }
    }

    @Test func aResetIsReportedAndAProbeChangesNothing() throws {
        try withSelectServer { server, port in
            for _ in 0..<5 { try RawClient(port: port).reset() }
            for _ in 0..<5 { try RawClient(port: port).close() }
            let client = try RawClient(port: port)
            try client.expectOK(to: "hello")
            client.reset()
            try server.waitForLine(containing: "client 1 left")
            #expect(server.standardOutput == "client 1 joined\nclient 1 left\n")
            let line = try server.nextLine(on: .standardError)
            #expect(line.hasPrefix("select-server: client 1: cannot receive from 127.0.0.1:"))
            #expect(line.contains(": connection reset by peer; "))
        }
    }

    @Test func aGoodClientNoticesNothingOfTheOthers() throws {
        try withSelectServer { server, port in
            let good = try RawClient(port: port)
            try good.expectOK(to: "good")
            let cases = try HostileCases(against: server) { client in
                try good.expectOK(to: "good")
                try client.expectOK(to: "hello")
            }
            let half = Array("hel".utf8)
            try cases.halfAMessage(half)
            try cases.manyInOneSegment(Array("one\ntwo\n".utf8), replies: Array("OK".utf8))
            try cases.resetInMidMessage(half)
            try cases.probes()
            try cases.silentPeers()
            try cases.dribblingPeers(half)
            try cases.neverReading(flood: Array("hello".utf8))
            try cases.randomBytes()
            try cases.crowd()
            #expect(!server.standardOutput.contains("client 1 left"))
        }
    }

    @Test func aByteAtATimeGetsAnOKForWhatEachReceiveTook() throws {
        try withSelectServer { _, port in
            let client = try RawClient(port: port)
            try client.sendInPieces("hello")
            client.shutdownSending()
            let reply = String(decoding: try client.receiveToEnd(), as: UTF8.self)
            #expect((1...5).map { String(repeating: "OK", count: $0) }.contains(reply))
        }
    }

    @Test func whoNeverReadsItsOKsIsNotReadUntilItDoes() throws {
        try withSelectServer { server, port in
            let (good, deaf) = (
                try RawClient(port: port), try RawClient(port: port, receiveBuffer: 4_096)
            )
            try deaf.setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
            // Each byte gets an OK of its own, until the kernels' buffers are full.
            var sent = 0
            while let taken = deaf.sendWithoutWaiting([0x78]), taken > 0, sent < 1_000_000 {
                sent += taken
                try good.send([0x78])
                _ = try good.receive(exactly: 2)
            }
            #expect(sent < 1_000_000)
            try expectIdle(server)
            try good.expectOK(to: "good")
            // When it reads, it gets all replies whole.
            deaf.shutdownSending()
            let replies = try deaf.receiveToEnd()
            #expect(replies.count > 4_096 && replies.count <= 2 * sent)
            let whole = String(repeating: "OK", count: replies.count / 2)
            #expect(replies == Array(whole.utf8))
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withSelectServer(descriptorLimit: 64) { server, _ in
            let cases = try HostileCases(against: server) { try $0.expectOK(to: "hello") }
            try cases.outOfDescriptors(limit: 64)
            let line = """
                select-server: cannot accept a client: too many open files; close some \
                connections, or raise the limit with 'ulimit -n'
                """
            try server.waitForText(line, on: .standardError)
            let lines = server.standardError.split(separator: "\n").dropFirst()
            // There is one line each time the descriptors run out; with 200 clients that may happen
            // once for each that leaves.
            #expect((1...200).contains(lines.count) && lines.allSatisfy { $0 == line })
        }
    }

    @Test(.enabled(if: canRaiseLimits, "this system has no prlimit"))
    func withoutAnyClientItTriesAgainWhenDescriptorsHadRunOut() throws {
        let path = try BuiltPrograms.path(of: "select-server")
        // The server has only its own descriptors, and not one more.
        let script = #"ulimit -Sn 6; exec "$0" 127.0.0.1 0"#
        try finishing(Running(["/bin/sh", "-c", script, path])) { server in
            let client = try RawClient(port: server.listeningPort())
            try client.send("hello")
            try server.waitForLine(on: .standardError, containing: "too many open files")
            let limit = ["prlimit", "--pid", "\(server.identifier)", "--nofile=64:"]
            #expect(try Running(limit).runToEnd().exit == 0)
            #expect(try client.receive(exactly: 2) == Array("OK".utf8))
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withSelectServer { server, port in
            let clients = try (0..<3).map { _ in try RawClient(port: port) }
            for client in clients { try client.expectOK(to: "hello") }
            let silent = try RawClient(port: port)
            try clients[0].expectOK(to: "hello")
            try expectOrderlyEnd(of: server, by: signal, peers: clients + [silent])
        }
    }

    @Test(.requiresPython) func aNaiveClientMeetsOurServer() throws {
        try withSelectServer { _, port in
            let client = try PythonPeer.run("select_client", ["127.0.0.1", "\(port)", "a", "b"])
            #expect(client == ProgramResult(exit: 0, stdout: "OK\nOK\n", stderr: ""))
        }
    }
}

/// Whether the limits of a program that runs can be changed here.
private let canRaiseLimits: Bool = {
    guard let tool = try? Running(["prlimit", "--version"]) else { return false }
    return (try? tool.runToEnd())?.exit == 0
}()
