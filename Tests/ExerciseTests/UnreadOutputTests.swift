import Foundation
import Testing

/// A server with output that nobody reads: it waits, and stops when it is told to.
struct UnreadOutputTests {
    /// A server, its client's message, and the answer.
    private static let servers: [(name: String, message: [UInt8], reply: [UInt8])] = [
        ("guess-server", guessQuestion("<", 1), [0x4E, 0, 0, 0, 0, 0, 0, 0]),
        ("select-server", [0x78], Array("OK".utf8)),
        ("threaded-server", Array("%%\n".utf8), Array("%\n".utf8)),
    ]

    @Test(arguments: servers)
    func aFullOutputHoldsItUpAndLosesNothing(
        name: String, message: [UInt8], reply: [UInt8]
    ) throws {
        let pipe = try UnreadPipe()
        try withProgram(name, ["127.0.0.1", "0"], writing: .standardOutput, to: pipe) { server in
            let port = try server.listeningPort()
            pipe.fill()
            let client = try RawClient(port: port)
            try client.send(message)
            #expect(try pipe.read(until: "joined\n") == "client 1 joined\n")
            #expect(try client.receive(exactly: reply.count) == reply)
            client.close()
            #expect(try pipe.read(until: "left\n") == "client 1 left\n")
            server.signal(SIGTERM)
            #expect(try server.waitForExit() == 0)
        }
    }

    @Test(arguments: ["guess-server", "threaded-server"], [SIGINT, SIGTERM])
    func aStopEndsItInGoodOrderAllTheSame(name: String, signal: Int32) throws {
        let pipe = try UnreadPipe()
        let arguments = ["127.0.0.1", "0", "-v"]
        try withProgram(name, arguments, writing: .standardOutput, to: pipe) { server in
            let port = try server.listeningPort()
            pipe.fill()
            let client = try RawClient(port: port)
            try client.send(name == "guess-server" ? guessQuestion("<", 1) : Array("%%\n".utf8))
            // The server's next step is to print that a client has joined.
            try server.waitForLine(on: .standardError, containing: " from ")
            server.signal(signal)
            // A reset would throw here.
            _ = try client.receiveToEnd()
            client.close()
            #expect(try server.waitForExit() == 0)
        }
    }

    @Test func diagnosticsThatNobodyReadsAreCountedAndHoldNobodyUp() throws {
        let pipe = try UnreadPipe()
        let arguments = ["127.0.0.1", "0", "--number", "37"]
        try withProgram("guess-server", arguments, writing: .standardError, to: pipe) { server in
            let line = try pipe.read(until: "\n")
            let port = try #require(line.dropLast().split(separator: ":").last.flatMap { Int($0) })
            let good = try RawClient(port: port)
            for dropped in ["1 diagnostic was", "3 diagnostics were"] {
                pipe.fill()
                // The first line waits; those after it are dropped.
                let first = try sendNonsense(to: port)
                for _ in 0..<(Int(dropped.prefix(1)) ?? 0) { _ = try sendNonsense(to: port) }
                #expect(try good.ask("<", 50) == "I")
                pipe.empty()
                let last = try sendNonsense(to: port)
                let them = dropped.hasSuffix("was") ? "it" : "them"
                #expect(
                    try pipe.read(until: "\(last): \(Self.complaint)") == """
                        guess-server: \(first): \(Self.complaint)\
                        guess-server: \(dropped) dropped: standard error did not take \(them)
                        guess-server: \(last): \(Self.complaint)\

                        """)
            }
            #expect(try good.ask("=", 37) == "Y")
        }
    }

    private static let complaint =
        "unknown question '!'; a question begins with <, > or =\n"

    /// Sends a wrong message, waits until the server closes, and returns its own address.
    private func sendNonsense(to port: Int) throws -> String {
        let client = try RawClient(port: port)
        let address = "127.0.0.1:\(try client.localPort)"
        try client.send([0x21])
        #expect(try client.receiveToEnd() == [])
        client.close()
        return address
    }
}
