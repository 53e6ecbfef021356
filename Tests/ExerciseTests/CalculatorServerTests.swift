import Foundation
import Testing

/// Practice 4, Exercise II: the calculator's replies, and its hostile clients.
struct CalculatorServerTests {
    @Test(arguments: ["select", "poll", "epoll"])
    func manyClientsAreServedAtOnce(poller: String) throws {
        try withCalculatorServer(["--poller", poller]) { server, port in
            let (one, two) = (try RawClient(port: port), try RawClient(port: port))
            // The sheet's bytes, and the reply's with its line end.
            try one.send([0x0C, 0, 0, 0, 0x1E, 0, 0, 0, 0x2B])
            #expect(try one.receive(exactly: 3) == [0x34, 0x32, 0x0A])
            try two.expect("-6", to: 2, "-", 8)
            try one.expect("0.3333333", to: 1, "/", 3)
            try two.expect("-4611686016279904256", to: .min, "*", .max)
            // Requests without a result are answered with an error, and the connection stays.
            try one.expect("err: zero", to: 5, "/", 0)
            try one.expect("err: op", to: 5, "?", 2)
            try one.expect("2.5", to: 5, "/", 2)
            one.close()
            try server.waitForLine(containing: "client 1 left")
            try two.expect("0", to: -1, "/", .max)
            two.close()
            try server.waitForLine(containing: "client 2 left")
            server.signal(SIGTERM)
            #expect(
                try server.runToEnd()
                    == ProgramResult(
                        exit: 0,
                        stdout: "client 1 joined\nclient 2 joined\nclient 1 left\nclient 2 left\n",
                        stderr: "calculator-server: listening on 127.0.0.1:\(port)\n"))
        }
    }

    // Bytes and replies by Python's struct and fractions.
    @Test(
        arguments: [
            ("i c i", [0xF4, 0xFF, 0xFF, 0xFF, 0x2A, 7, 7, 7, 0x1E, 0, 0, 0], "-360"),
            ("I 1s I", [255, 255, 255, 255, 0x2B, 0, 0, 0, 255, 255, 255, 255], "8589934590"),
            ("f f 1s", [0xCD, 0xCC, 0xCC, 0x3D, 0xCD, 0xCC, 0x4C, 0x3E, 0x2B], "0.3"),
            ("!i i 1s", [0, 0, 0, 1, 0, 0, 0, 4, 0x2F], "0.25"),
            (
                "d d c",
                [
                    0x92, 0xD5, 0x4D, 0x06, 0xCF, 0xF0, 0x80, 0x44, 0, 0, 0, 0, 0, 0, 0x24, 0x40,
                    0x2A,
                ], "1e+23"
            ),
            (
                "q q c",
                [
                    0, 0, 0, 0, 0, 0, 0, 0x80, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F,
                    0x2A,
                ], "-85070591730234615856620279821087277056"
            ),
        ] as [(String, [UInt8], String)])
    func aClassMayHaveItsOwnLayout(layout: String, request: [UInt8], reply: String) throws {
        try withCalculatorServer(["--layout", layout]) { _, port in
            let client = try RawClient(port: port)
            try client.send(request + request)
            #expect(try client.receiveLine() == reply)
            #expect(try client.receiveLine() == reply)
        }
    }

    @Test func aResultThatIsNotFiniteIsTooBig() throws {
        try withCalculatorServer(["--layout", "!d d c"]) { _, port in
            let client = try RawClient(port: port)
            // 1e300 times 1e300, then 1e300 / 1e300.
            let number: [UInt8] = [0x7E, 0x37, 0xE4, 0x3C, 0x88, 0x00, 0x75, 0x9C]
            try client.send(number + number + [0x2A] + number + number + [0x2F])
            #expect(try client.receiveLine() == "err: big")
            #expect(try client.receiveLine() == "1")
        }
    }

    @Test(
        arguments: [
            ("i", (12, "+", 30), [0x2A, 0, 0, 0]), ("i", (-7, "/", 2), [0xFD, 0xFF, 0xFF, 0xFF]),
            ("i i c", (-7, "/", 2), [0xFD, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0]),
            ("f f 1s", (7, "/", 2), [0, 0, 0x60, 0x40, 0, 0, 0, 0, 0]),
            ("f f 1s", (1, "/", 3), [0xAB, 0xAA, 0xAA, 0x3E, 0, 0, 0, 0, 0]),
            ("!q", (.max, "*", .max), [0x3F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1]),
        ] as [(String, (Int32, String, Int32), [UInt8])])
    func aReplyMayBeBinary(
        layout: String, request: (Int32, String, Int32), reply: [UInt8]
    ) throws {
        try withCalculatorServer(["--reply", layout]) { _, port in
            let client = try RawClient(port: port)
            try client.send(calculation(request.0, request.1, request.2))
            #expect(try client.receive(exactly: reply.count) == reply)
            client.shutdownSending()
            #expect(try client.receiveToEnd() == [])
        }
    }

    @Test(
        arguments: [
            ((5, "/", 0), "5 / 0: division by zero"), ((5, "?", 2), "5 ? 2: unknown operator"),
            ((5, "\u{1B}", 2), "5 \\u{1B} 2: unknown operator"),
            (
                (.max, "+", 1),
                "2147483647 + 1: 2147483648 does not fit 'i', which holds -2147483648 to 2147483647"
            ),
        ] as [((Int32, String, Int32), String)])
    func whatABinaryReplyCannotTellClosesTheConnection(
        request: (Int32, String, Int32), reason: String
    ) throws {
        try withCalculatorServer(["--reply", "i"]) { server, port in
            let (client, other) = (try RawClient(port: port), try RawClient(port: port))
            try client.send(calculation(1, "+", 1))
            #expect(try client.receive(exactly: 4) == [2, 0, 0, 0])
            try client.send(calculation(request.0, request.1, request.2) + calculation(1, "+", 1))
            #expect(try client.receiveToEnd() == [])
            client.close()
            try server.waitForLine(containing: "client 1 left")
            let line = try server.waitForLine(on: .standardError, containing: "client 1: ")
            #expect(line == "calculator-server: client 1: \(reason)")
            try other.send(calculation(1, "+", 1))
            #expect(try other.receive(exactly: 4) == [2, 0, 0, 0])
        }
    }

    @Test func aMessageThatIsCutOffIsReported() throws {
        try withCalculatorServer(["--timeout", "0.2"]) { server, port in
            let silent = try RawClient(port: port)
            let client = try RawClient(port: port)
            try client.expect("42", to: 12, "+", 30)
            try client.send([1, 0, 0])
            client.shutdownSending()
            #expect(try client.receiveToEnd() == [])
            let stalled = try RawClient(port: port)
            try stalled.expect("42", to: 12, "+", 30)
            try stalled.send([1, 0, 0])
            #expect(try stalled.receiveToEnd() == [])
            // A client that owes nothing may be silent for longer than the timeout.
            try silent.expect("42", to: 6, "*", 7)
            try expectWritten(
                by: server, on: .standardError,
                """
                calculator-server: listening on 127.0.0.1:\(port)
                calculator-server: client 1: message cut off after 3 of 9 bytes; \
                another --layout may fit
                calculator-server: client 2: sent 3 of 9 bytes of a message, and nothing more for \
                0.2 s; another --layout may fit

                """)
        }
    }

    @Test func everyMessageIsTraced() throws {
        try withCalculatorServer(["-v"]) { server, port in
            let client = try RawClient(port: port)
            try client.expect("-2", to: 7, "-", 9)
            try expectWritten(
                by: server, on: .standardError,
                """
                calculator-server: listening on 127.0.0.1:\(port)
                calculator-server: from client 1: 7 - 9 [07 00 00 00 09 00 00 00 2d]
                calculator-server: to client 1: -2 [2d 32 0a]

                """)
        }
    }

    @Test func aGoodClientNoticesNothingOfTheOthers() throws {
        try withCalculatorServer { server, port in
            let good = try RawClient(port: port)
            try good.expect("42", to: 12, "+", 30)
            let cases = try HostileCases(against: server) { client in
                try good.expect("42", to: 12, "+", 30)
                try client.expect("0.25", to: 1, "/", 4)
            }
            let half: [UInt8] = [12, 0, 0, 0, 30]
            let requests =
                calculation(12, "+", 30) + calculation(1, "/", 0) + calculation(1, "/", 8)
            let replies = Array("42\nerr: zero\n0.125\n".utf8)
            try cases.halfAMessage(half)
            try cases.byteAtATime(requests, replies: replies)
            try cases.manyInOneSegment(requests, replies: replies)
            try cases.resetInMidMessage(half)
            try cases.probes()
            try cases.silentPeers()
            try cases.dribblingPeers(half)
            try cases.neverReading(flood: calculation(1, "/", 3), limit: 16 << 10)
            try cases.neverReading(count: 1, flood: calculation(1, "/", 3), limit: 16 << 20)
            try cases.randomBytes()
            try cases.crowd()
            #expect(!server.standardOutput.contains("client 1 left"))
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withCalculatorServer(descriptorLimit: 64) { server, _ in
            let cases = try HostileCases(against: server) { try $0.expect("2", to: 1, "+", 1) }
            try cases.outOfDescriptors(limit: 64)
            #expect(server.standardError.components(separatedBy: "cannot accept").count <= 3)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withCalculatorServer { server, port in
            let clients = try (0..<3).map { _ in try RawClient(port: port) }
            for client in clients { try client.expect("2", to: 1, "+", 1) }
            try clients[0].send([1, 0])
            try expectOrderlyEnd(of: server, by: signal, peers: clients)
        }
    }

    @Test(
        .requiresPython,
        arguments: [
            [], ["I I 1s"], ["i c i"], ["f f 1s"], ["i i 1s", "i"], ["f f 1s", "f f 1s"],
        ])
    func aNaiveClientMeetsOurServer(formats: [String]) throws {
        let options = Array(zip(["--layout", "--reply"], formats).map { [$0, $1] }.joined())
        try withCalculatorServer(options) { server, port in
            let client = try PythonPeer.run(
                "calculator_client", ["127.0.0.1", "\(port)"] + formats)
            let isFloating = formats.last == "f f 1s" && formats.count == 2
            let results =
                isFloating
                ? ["42.0", "-2.0", "42.0", "42.0", "0.25"]
                : ["42", "-2", "42", "42", formats.count == 2 ? "0" : "0.25"]
            let expressions = ["12 + 30", "7 - 9", "6 * 7", "84 / 2", "1 / 4"]
            let lines = zip(expressions, results).map { "\($0) = \($1)\n" }.joined()
            #expect(client == ProgramResult(exit: 0, stdout: lines, stderr: ""))
            try server.waitForLine(containing: "client 1 left")
        }
    }
}
