import Testing

/// The hostile cases themselves, tried on servers and clients with known results.
struct HostileCasesTests {
    // The cases that a naive server survives, with as many peers as its backlog of five takes.
    @Test(.requiresPython) func hostileCasesMeetAServer() throws {
        try PythonPeer.with("select_server", ["127.0.0.1", "0"]) { server in
            let cases = try HostileCases(against: server) { peer in
                try peer.send("hello")
                #expect(try peer.receiveText(exactly: 2) == "OK")
            }
            try cases.silentPeers(count: 5)
            try cases.crowd(5)
            try cases.manyInOneSegment(Array("one".utf8), replies: Array("OK".utf8))
        }
    }

    @Test(.requiresPython) func aHarmedServerIsReported() throws {
        let failure = #expect(throws: ProgramFailure.self) {
            try PythonPeer.with("guess_server", ["127.0.0.1", "0", "37"]) { server in
                let cases = try HostileCases(against: server) { peer in
                    try peer.send([0x3C, 0, 0, 0, 50, 0, 0, 0])
                    #expect(try peer.receive(exactly: 8) == [0x49, 0, 0, 0, 0, 0, 0, 0])
                }
                try cases.halfAMessage([0x3C, 0, 0], count: 1)
            }
        }
        let text = try #require(failure?.description)
        #expect(text.contains("half a message"))
        // A server that takes one recv for one message ends here.
        #expect(text.contains("struct.error"))
    }

    @Test(.requiresPython) func aSoundServerWithstandsEverything() throws {
        let limit = 300
        let server = try Running(["python3", "-c", soundServer], descriptorLimit: limit)
        try finishing(server) { server in
            let cases = try HostileCases(against: server) { peer in
                try peer.send("hello\n")
                #expect(try peer.receiveLine() == "OK")
            }
            try cases.halfAMessage(Array("hel".utf8))
            try cases.byteAtATime(Array("one\ntwo\n".utf8), replies: Array("OK\nOK\n".utf8))
            try cases.manyInOneSegment(
                Array(repeatElement(UInt8(ascii: "\n"), count: 100)),
                replies: Array(String(repeating: "OK\n", count: 100).utf8))
            try cases.resetInMidMessage(Array("hel".utf8))
            try cases.probes()
            try cases.silentPeers()
            try cases.stalledPeers(Array("hel".utf8))
            try cases.neverReading(count: 10, flood: Array("hello\n".utf8))
            try cases.randomBytes(from: 4, count: 100_000)
            try cases.crowd()
            try cases.descriptorsRunOut(limit: limit)
        }
    }

    @Test(
        .requiresPython,
        arguments: [
            HostileServer.closesAtOnce, .resetsAtOnce, .closesInMidMessage([0x59, 0, 0]),
            .resetsInMidMessage([0x59, 0, 0], after: 8),
        ])
    func aNaiveClientFails(server: HostileServer) throws {
        let result = try server.result { port in
            try PythonPeer.start("guess_client", ["127.0.0.1", "\(port)"])
        }
        #expect(result.exit == 1)
        #expect(result.stderr.hasPrefix("Traceback"))
    }
}

/// A server of one thread that answers every line with `OK`, and survives all its peers.
private let soundServer = """
    import asyncio, sys

    async def serve(reader, writer):
        try:
            while (await reader.readuntil(b"\\n")):
                writer.write(b"OK\\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            pass
        writer.close()

    async def main():
        server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=512)
        port = server.sockets[0].getsockname()[1]
        print("listening on 127.0.0.1:%d" % port, file=sys.stderr, flush=True)
        await server.serve_forever()

    asyncio.run(main())
    """
