import Foundation
import Testing

/// Lab 2, Assignment 3: hostile clients of the file server, and files that change while it sends
/// them.
struct FileServerHostileTests {
    @Test func itMeetsTheHostileCases() throws {
        try withCases { cases, content in
            let request = framedRequest("f.bin")
            try cases.halfAMessage(Array(request.dropLast()))
            try cases.halfAMessage([0])
            try cases.byteAtATime(request, replies: framedFile(content))
            try cases.byteAtATime(Array("f.bin\n".utf8), replies: content)
            // A connection brings one file, even if the client asks for more.
            let many = Array(repeatElement(request, count: 50).joined())
            try cases.manyInOneSegment(many, replies: framedFile(content))
            try cases.resetInMidMessage(Array(request.dropLast()))
            try cases.resetInMidMessage(Array("f.b".utf8), count: 50)
            try cases.probes()
        }
    }

    @Test func nobodyWaitsForAnother() throws {
        try withCases { cases, _ in
            try cases.silentPeers()
            try cases.stalledPeers([0, 0, 0])
            try cases.stalledPeers(Array("f.b".utf8))
            try cases.crowd()
        }
    }

    @Test func nobodyWaitsForAPeerThatNeverReads() throws {
        try withCases { cases, _ in
            try cases.neverReading(count: 50, flood: framedRequest("big"), limit: 4_096)
            try cases.neverReading(count: 50, flood: Array("big\n".utf8), limit: 4_096)
        }
    }

    @Test func noiseHarmsNobody() throws {
        try withCases { cases, _ in try cases.randomBytes() }
    }

    @Test func itServesWithoutADescriptorLeft() throws {
        let limit = 64
        try withCases(descriptorLimit: limit) { cases, _ in
            try cases.descriptorsRunOut(limit: limit)
        }
    }

    @Test func itDoesNotSpinWithoutADescriptorLeft() throws {
        try withFileServer(descriptorLimit: 64) { server, root in
            try root.write("f.bin", "hello")
            let port = try server.listeningPort()
            let peers = try (0..<200).map { _ in try RawClient(port: port) }
            try server.waitForOpenDescriptors(atLeast: 64)
            let line = try server.waitForLine(on: .standardError, containing: "cannot accept")
            #expect(line.hasPrefix("file-server: cannot accept a client: too many open files"))
            if let before = server.processorTicks {
                // The work of another program is the clock: a server that spins takes as much time
                // meanwhile.
                for _ in 0..<100 { try run("file-client", ["--version"]) }
                #expect((server.processorTicks ?? 0) - before < 15)
            }
            peers.forEach { $0.reset() }
            #expect(try fetch(Array("f.bin".utf8), from: server) == Array("hello".utf8))
        }
    }

    @Test func aSlowClientGetsItsFileWhole() throws {
        try withFileServer { server, root in
            let content = seededBytes(count: 8 << 20, seed: 3)
            try root.write("big", content)
            try root.write("small", "hello")
            let slow = try RawClient(port: server.listeningPort(), receiveBuffer: 4_096)
            try slow.send("big\n")
            #expect(try slow.receive(exactly: 1_000) == Array(content[..<1_000]))
            for _ in 0..<20 {
                #expect(try fetch(Array("small".utf8), from: server) == Array("hello".utf8))
            }
            let rest = try slow.receiveToEnd()
            #expect(rest.elementsEqual(content[1_000...]), "\(rest.count) bytes")
        }
    }

    @Test func aClientThatTakesNothingIsGivenUp() throws {
        try withFileServer(["--timeout", "0.2"]) { server, root in
            try root.makeSparse("big", size: 64 << 20)
            let slow = try RawClient(port: server.listeningPort(), receiveBuffer: 4_096)
            try slow.send("big\n")
            #expect(
                try server.waitForLine(on: .standardError, containing: "client 1")
                    == "file-server: client 1: took none of its waiting bytes for 0.2 s")
            try server.waitForLine(containing: "client 1 left")
            // The server resets the connection, for a normal end could look like the end of the
            // file.
            #expect(throws: RawSocketError.self) { _ = try slow.receiveToEnd() }
        }
    }

    @Test func aBegunRequestHasItsLimit() throws {
        try withFileServer(["--timeout", "0.2"]) { server, _ in
            let peer = try RawClient(port: server.listeningPort())
            let own = try peer.localPort
            try peer.send([0, 0, 0])
            #expect(
                try server.waitForLine(on: .standardError, containing: "sent 3")
                    == "file-server: 127.0.0.1:\(own): sent 3 bytes of a message, "
                    + "and nothing more for 0.2 s")
            #expect(try peer.receiveToEnd() == [])
        }
    }

    @Test(arguments: [false, true])
    func aFileThatShrinksIsReportedAndNotPadded(isFramed: Bool) throws {
        try withFileServer { server, root in
            let path = try root.makeSparse("big", size: 64 << 20)
            let peer = try RawClient(port: server.listeningPort(), receiveBuffer: 4_096)
            try peer.send(isFramed ? framedRequest("big") : Array("big\n".utf8))
            _ = try peer.receive(exactly: 20)
            #expect(truncate(path, 1 << 20) == 0)
            #expect(throws: RawSocketError.self) { _ = try peer.receiveToEnd() }
            #expect(
                try server.waitForLine(on: .standardError, containing: "client 1")
                    == "file-server: client 1: big has become shorter while it was sent")
            try server.waitForLine(containing: "client 1 left")
            #expect(server.standardOutput == "client 1 joined\nclient 1 left\n")
        }
    }

    @Test(arguments: [false, true])
    func aFileThatGrowsIsSentAsItWasAndReported(isFramed: Bool) throws {
        try withFileServer { server, root in
            let size = 32 << 20
            let path = try root.makeSparse("big", size: size)
            let peer = try RawClient(port: server.listeningPort(), receiveBuffer: 4_096)
            try peer.send(isFramed ? framedRequest("big") : Array("big\n".utf8))
            let head = try peer.receive(exactly: 9)
            #expect(truncate(path, off_t(size + 1)) == 0)
            let rest = try peer.receiveToEnd()
            if isFramed {
                #expect(head == [0, 0, 0, 0, 0, 2, 0, 0, 0])
                #expect(rest.count == size + 2 * (size / 1_024) + 2)
            } else {
                #expect(rest.count == size - 9)
            }
            try server.waitForLine(containing: "client 1 took big, 33554432 bytes")
            #expect(
                try server.waitForLine(on: .standardError, containing: "client 1")
                    == "file-server: client 1: big has changed meanwhile")
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aPartIsNotTakenForTheWholeWhenASignalEndsIt(signal: Int32) throws {
        try withFileServer { server, root in
            try root.makeSparse("big", size: 64 << 20)
            let peer = try RawClient(port: server.listeningPort(), receiveBuffer: 4_096)
            try peer.send("big\n")
            _ = try peer.receive(exactly: 20)
            server.signal(signal)
            #expect(try server.waitForExit() == 0)
            // Plain form has no size: only a reset tells that a part is missing.
            let error = #expect(throws: RawSocketError.self) { _ = try peer.receiveToEnd() }
            #expect(error?.code == ECONNRESET)
        }
    }

    /// Starts a server with a small and a big file, and its hostile cases.
    private func withCases(
        descriptorLimit: Int? = nil, _ body: (HostileCases, [UInt8]) throws -> Void
    ) throws {
        try withFileServer(descriptorLimit: descriptorLimit) { server, root in
            let content = seededBytes(count: 5_000, seed: 1)
            try root.write("f.bin", content)
            try root.makeSparse("big", size: 64 << 20)
            let cases = try HostileCases(against: server) { peer in
                try peer.send(framedRequest("f.bin"))
                let reply = try peer.receiveToEnd()
                guard reply == framedFile(content) else {
                    throw server.failure("sent \(reply.count) bytes instead of the file")
                }
            }
            try body(cases, content)
        }
    }
}
