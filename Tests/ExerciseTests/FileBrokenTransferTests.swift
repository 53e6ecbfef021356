import Foundation
import Testing

/// Lab 2, Assignment 3: a transfer that breaks leaves the old file as it was, and nothing beside
/// it.
struct FileBrokenTransferTests {
    /// The beginning of a framed file of 2,048 bytes: one block, and half of the next.
    private static let half: [UInt8] =
        [0, 0, 0, 0, 0, 0, 0, 8, 0, 4, 0] + seededBytes(count: 1_024, seed: 1) + [4, 0]
        + seededBytes(count: 500, seed: 2)

    @Test(
        arguments: [
            (
                HostileServer.closesAtOnce,
                "connection closed without a reply; a server that sends bare "
                    + "files needs --plain"
            ),
            (.resetsAtOnce, nil),
            (.closesInMidMessage([0, 0, 0], after: 5), "reply cut off at its beginning"),
            (.closesInMidMessage(half, after: 5), "transfer cut off after 1524 of 2048 bytes"),
            (.resetsInMidMessage(half, after: 5), nil),
            (.closesInMidMessage([1, 0, 9, 0x6E], after: 5), "reply cut off at its beginning"),
            (
                .wrongProtocol,
                "unknown status 72; 0 brings a file, 1 refuses it. "
                    + "A server that sends bare files needs --plain"
            ),
            (
                says("more than announced", [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 1, 2, 3, 0, 0]),
                "more bytes than the 2 announced"
            ),
            (
                says("less than announced", [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 3, 1, 2, 3, 0, 0]),
                "file ended after 3 of 4 bytes"
            ),
            (
                says(
                    "a size beyond all bounds", [0] + [UInt8](repeating: 255, count: 8) + [0, 1, 9]),
                "transfer cut off after 1 of 18446744073709551615 bytes"
            ),
        ] as [(HostileServer, String?)])
    func aFramedTransferThatBreaks(server: HostileServer, message: String?) throws {
        try withOldFile { folder in
            let result = try server.result(of: "file-client", folder: folder.path) { port in
                ["127.0.0.1:\(port):f", "copy"]
            }
            #expect(result.exit == 1, "\(server.name)")
            #expect(result.stdout == "")
            if let message { #expect(result.stderr == "file-client: \(message)\n") }
            #expect(result.stderr.hasPrefix("file-client: "))
            #expect(result.stderr.filter { $0 == "\n" }.count == 1)
        }
    }

    @Test func aResetIsToldWithItsPeer() throws {
        let folder = try ScratchFolder()
        for option in [[], ["--plain"]] {
            let server = HostileServer.resetsInMidMessage(Self.half, after: 1)
            let result = try server.result(of: "file-client", folder: folder.path) { port in
                option + ["127.0.0.1:\(port):f", "copy"]
            }
            #expect(result.exit == 1)
            let ending =
                ": connection reset by peer; "
                + "the other program ended, or closed before it had read everything\n"
            #expect(result.stderr.hasPrefix("file-client: cannot receive from 127.0.0.1:"))
            #expect(result.stderr.hasSuffix(ending))
            #expect(folder.names.isEmpty)
        }
    }

    @Test(arguments: [HostileServer.resetsInMidMessage(half, after: 1), .resetsAtOnce])
    func aPlainTransferThatBreaks(server: HostileServer) throws {
        try withOldFile { folder in
            let result = try server.result(of: "file-client", folder: folder.path) { port in
                ["--plain", "127.0.0.1:\(port):f", "copy"]
            }
            #expect(result.exit == 1, "\(server.name)")
            #expect(result.stdout == "")
        }
    }

    @Test(arguments: [
        (0, [], "a server that sends bare files may need --plain"),
        (5, [], "only the beginning of a reply came"),
        (half.count, [], "1524 of 2048 bytes came"), (0, ["--plain"], "0 bytes came"),
        (half.count, ["--plain"], "1537 bytes came"),
    ])
    func aServerThatOwesBytesIsGivenUp(count: Int, option: [String], progress: String) throws {
        try withOldFile { folder in
            let listener = try RawServer()
            let source = "127.0.0.1:\(listener.port):f"
            let arguments = option + ["--timeout", "0.2", source, "copy"]
            try withProgram("file-client", arguments, folder: folder.path) { client in
                let connection = try listener.accept()
                try connection.send(Array(Self.half.prefix(count)))
                #expect(try client.waitForExit() == 1)
                #expect(client.standardOutput == "")
                #expect(
                    client.standardError
                        == "file-client: cannot receive from 127.0.0.1:\(listener.port): "
                        + "timed out; \(progress)\n")
                connection.close()
            }
        }
    }

    @Test func nobodyListens() throws {
        try withOldFile { folder in
            var expected = ""
            let result = try HostileServer.resultWithNobodyListening(
                of: "file-client", folder: folder.path
            ) { port in
                expected =
                    "file-client: cannot connect to 127.0.0.1:\(port): connection refused; "
                    + "start the server first, and check the address and the port\n"
                return ["127.0.0.1:\(port):f", "copy"]
            }
            #expect(result == ProgramResult(exit: 1, stdout: "", stderr: expected))
        }
    }

    @Test func aReplyThatComesAByteAtATimeIsWhole() throws {
        let folder = try ScratchFolder()
        let reply: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 2, 0x61, 0x62, 0, 1, 0x63, 0, 0]
        let server = HostileServer.byteAtATime([reply], toEach: 5)
        let result = try server.result(of: "file-client", folder: folder.path) { port in
            ["127.0.0.1:\(port):f", "copy"]
        }
        #expect(result == ProgramResult(exit: 0, stdout: "copy: 3 bytes\n", stderr: ""))
        #expect(try folder.read("copy") == [0x61, 0x62, 0x63])
    }

    @Test(arguments: [SIGINT, SIGTERM], [false, true])
    func aSignalInMidTransfer(signal: Int32, isPlain: Bool) throws {
        try withOldFile { folder in
            let listener = try RawServer()
            let option = isPlain ? ["--plain"] : []
            let arguments = option + ["127.0.0.1:\(listener.port):f", "copy"]
            try withProgram("file-client", arguments, folder: folder.path) { client in
                let connection = try listener.accept()
                _ = try connection.receive(exactly: 1)
                try connection.send(Self.half)
                // It writes to a file beside the target until all bytes have come.
                #expect(folder.names.count == 2)
                client.signal(signal)
                #expect(try client.waitForExit() == 128 + signal)
                #expect(client.standardOutput == "")
            }
        }
    }

    @Test func theServerIsKilledHalfWay() throws {
        try withOldFile { folder in
            try withFileServer { server, root in
                try root.makeSparse("big", size: 8 << 30)
                let port = try server.listeningPort()
                let arguments = ["127.0.0.1:\(port):big", "copy"]
                try withProgram("file-client", arguments, folder: folder.path) { client in
                    try server.waitForLine(containing: "client 1 joined")
                    try waitForGrowth(in: folder)
                    server.signal(SIGKILL)
                    #expect(try client.waitForExit() == 1)
                    #expect(client.standardOutput == "")
                }
                try server.waitForExit()
            }
        }
    }

    @Test(.withoutThreadSanitizer(because: "the sanitizer needs files larger than the limit"))
    func aFullDisk() throws {
        try withOldFile { folder in
            try withFileServer { server, root in
                try root.makeSparse("big", size: 1 << 20)
                let client = try BuiltPrograms.path(of: "file-client")
                let source = "127.0.0.1:\(try server.listeningPort()):big"
                // A limit of some KiB on the size of files.
                let shell = try Running(
                    ["/bin/sh", "-c", #"ulimit -f 8; exec "$0" "$@""#, client, source, "copy"],
                    folder: folder.path)
                #expect(
                    try shell.runToEnd()
                        == ProgramResult(
                            exit: 1, stdout: "",
                            stderr: "file-client: cannot write 'copy': file too large; "
                                + "the old file is unchanged\n"))
            }
        }
    }

    /// Waits until the new file beside the old one has some bytes.
    private func waitForGrowth(in folder: ScratchFolder) throws {
        let deadline = Date(timeIntervalSinceNow: patience)
        while Date() < deadline {
            for name in folder.names where name.hasSuffix(".part") {
                var status = stat()
                if stat(folder.path(of: name), &status) == 0, status.st_size > 0 { return }
            }
        }
        throw ProgramFailure("nothing is written beside the old file")
    }

    /// Runs `body` on a folder that holds an old `copy`, and finds it there as it was, and alone.
    private func withOldFile(_ body: (ScratchFolder) throws -> Void) throws {
        let folder = try ScratchFolder()
        try folder.write("copy", "old")
        try folder.setMode(of: "copy", to: 0o640)
        try body(folder)
        #expect(folder.names == ["copy"])
        #expect(try folder.read("copy") == Array("old".utf8))
        #expect(try folder.mode(of: "copy") == 0o640)
    }

    private static func says(_ name: String, _ reply: [UInt8]) -> HostileServer {
        HostileServer(name) { connection in
            _ = try connection.receive(exactly: 5)
            try connection.send(reply)
            connection.shutdownSending()
            _ = try? connection.receiveToEnd()
        }
    }
}
