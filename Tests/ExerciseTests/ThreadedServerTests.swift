import CTestSupport
import Foundation
import Testing

/// Programming 2, Handling Multiple Clients: a thread for each client, and none waits for another.
struct ThreadedServerTests {
    @Test func everyClientIsServedAtOnce() throws {
        try withStrftimeServer("threaded-server") { server, port in
            let clients = try (0..<20).map { _ in try RawClient(port: port) }
            for _ in 1...3 {
                for client in clients { try client.expectDay() }
            }
            // In any order.
            for client in clients.reversed() { client.close() }
            try server.waitForText(" left\n", times: 20)
            let lines = server.standardOutput.split(separator: "\n")
            #expect(lines.prefix(20) == (1...20).map { "client \($0) joined" }[...])
            #expect(
                lines.dropFirst(20).sorted() == (1...20).map { "client \($0) left" }.sorted())
        }
    }

    @Test func aGoodClientNoticesNothingOfTheOthers() throws {
        try withStrftimeServer("threaded-server") { server, port in
            let good = try RawClient(port: port)
            try good.expectDay()
            let cases = try HostileCases(against: server) { client in
                try good.expectDay()
                try client.expectDay()
            }
            let half = Array("%d".utf8)
            try cases.halfAMessage(half)
            try cases.byteAtATime(Array("%d\n%H\n".utf8), replies: Array("21\n23\n".utf8))
            try cases.manyInOneSegment(
                Array(String(repeating: "%d\n", count: 1_000).utf8),
                replies: Array(String(repeating: "21\n", count: 1_000).utf8))
            try cases.resetInMidMessage(half)
            try cases.probes()
            try cases.silentPeers()
            try cases.stalledPeers(half)
            try cases.dribblingPeers(half)
            try cases.neverReading(count: 30, flood: Self.flood)
            try cases.randomBytes()
            try cases.crowd()
            #expect(!server.standardOutput.contains("client 1 left"))
        }
    }

    @Test func aThreadEndsWithItsClient() throws {
        try withStrftimeServer("threaded-server", ["--timeout", "0.2"]) { server, port in
            let clients = try (0..<10).map { _ in try RawClient(port: port) }
            for client in clients { try client.expectDay() }
            try waitForThreads(of: server) { $0 == Self.ownThreads + 10 }
            clients[0].close()
            clients[1].reset()
            clients[2].shutdownSending()
            try clients[3].send(String(repeating: "x", count: 5_000))
            try clients[4].send("half")
            let deaf = try RawClient(port: port, receiveBuffer: 4_096)
            while let taken = deaf.sendWithoutWaiting(Self.flood[...]), taken > 0 {}
            // A client that has begun no message stays.
            try waitForThreads(of: server) { $0 == Self.ownThreads + 5 }
            for client in clients[5...] { try client.expectDay() }
        }
    }

    @Test func the257thWaitsUntilOneHasLeft() throws {
        try withStrftimeServer("threaded-server") { server, port in
            let clients = try (0..<256).map { _ in try RawClient(port: port) }
            for client in clients { try client.expectDay() }
            let waiting = try (0..<2).map { _ in try RawClient(port: port) }
            for client in waiting { try client.send("%H\n") }
            for client in clients { try client.expectDay() }
            for client in waiting {
                #expect(!isReady(client.descriptor, for: Int32(POLLIN), by: Date()))
            }
            try waitForThreads(of: server) { $0 == Self.ownThreads + 256 }
            for (client, index) in zip(waiting, [100, 0]) {
                clients[index].close()
                #expect(try client.receiveLine() == "23")
            }
            try server.waitForLine(containing: "client 258 joined")
            try expectOrderlyEnd(
                of: server, by: SIGTERM, peers: Array(clients[1...].filter { $0.descriptor >= 0 }))
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withStrftimeServer("threaded-server", descriptorLimit: 64) { server, _ in
            let cases = try HostileCases(against: server) { try $0.expectDay() }
            try cases.outOfDescriptors(limit: 64)
            #expect(
                try server.waitForLine(on: .standardError, containing: "accept")
                    == "threaded-server: cannot accept a client: too many open files; close some "
                    + "connections, or raise the limit with 'ulimit -n'")
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItInGoodOrder(signal: Int32) throws {
        try withStrftimeServer("threaded-server") { server, port in
            let silent = try RawClient(port: port)
            let begun = try RawClient(port: port)
            try begun.send("%d")
            let clients = try (0..<5).map { _ in try RawClient(port: port) }
            for client in clients { try client.expectDay() }
            try expectOrderlyEnd(of: server, by: signal, peers: [silent, begun] + clients)
            #expect(
                server.standardOutput.split(separator: "\n").suffix(5).sorted()
                    == (1...5).map { "client \($0) left" })
            #expect(server.standardError == "threaded-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func aSignalDoesNotWaitForThoseWhoNeverRead() throws {
        try withStrftimeServer("threaded-server") { server, port in
            // Each thread has 4 MB to send.
            let deaf = try (0..<40).map { _ in try RawClient(port: port, receiveBuffer: 4_096) }
            let requests = String(repeating: "%60000d\n", count: 70)
            for peer in deaf { try peer.send(requests) }
            try server.waitForText(" joined\n", times: 40)
            server.signal(SIGTERM)
            #expect(try server.waitForExit() == 0)
            let lines = server.standardError.split(separator: "\n").dropFirst()
            #expect(lines.count == 40)
            #expect(lines.allSatisfy { $0.hasSuffix(": operation canceled") })
            withExtendedLifetime(deaf) {}
        }
    }

    @Test func aClosedOutputEndsItFromWhicheverThread() throws {
        let script = #"exec >&-; exec "$0" 127.0.0.1 0"#
        let path = try BuiltPrograms.path(of: "threaded-server")
        try finishing(Running(["/bin/sh", "-c", script, path])) { server in
            let port = try server.listeningPort()
            let silent = try RawClient(port: port)
            try RawClient(port: port).send("%d\n")
            #expect(try server.waitForExit() == 141)
            #expect(server.standardError == "threaded-server: listening on 127.0.0.1:\(port)\n")
            withExtendedLifetime(silent) {}
        }
    }

    /// The threads that serve no client; the sanitizer's own begins with the first client's.
    private static let ownThreads = under_thread_sanitizer() ? 2 : 1

    /// A request with a reply twelve times its length.
    private static let flood = Array((String(repeating: "%c", count: 2_000) + "\n").utf8)

    /// Waits until `isMet` is true of the number of threads; does nothing if the system does not
    /// tell.
    private func waitForThreads(of server: Running, until isMet: (Int) -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: patience)
        while let count = server.threadCount, !isMet(count) {
            guard server.isAlive, Date() < deadline else {
                throw server.failure("\(count) threads")
            }
            _ = poll(nil, 0, 2)
        }
    }
}
