import Foundation
import Testing

/// Lab 2, Assignment 3: the file client's requests, its output, and its files on the disk.
struct FileClientTests {
    @Test(arguments: [0, 1, 1_023, 1_024, 1_025, 300_000], [false, true])
    func aFileArrivesWhole(size: Int, isPlain: Bool) throws {
        try withServedFolder { served, port, folder in
            let content = seededBytes(count: size, seed: 11)
            try served.write("f.bin", content)
            let result = try run(
                "file-client", (isPlain ? ["--plain"] : []) + ["localhost:\(port):f.bin", "copy"],
                folder: folder.path)
            #expect(result.exit == 0)
            #expect(result.stdout == "copy: \(size) bytes\n")
            let remark = "file-client: 0 bytes came; the file may be missing on the server\n"
            #expect(result.stderr == (isPlain && size == 0 ? remark : ""))
            #expect(try folder.read("copy") == content)
            #expect(folder.names == ["copy"])
        }
    }

    @Test func aGibibyteArrives() throws {
        try withServedFolder { served, port, _ in
            try served.makeSparse("big", size: 1 << 30)
            // In framed form a debug build takes some seconds for it.
            for option in isFullRun ? [["--plain"], []] : [["--plain"]] {
                #expect(
                    try run("file-client", option + ["127.0.0.1:\(port):big", "/dev/null"])
                        == ProgramResult(
                            exit: 0, stdout: "/dev/null: 1073741824 bytes\n", stderr: ""))
            }
        }
    }

    @Test(arguments: [false, true])
    func aBigFileArrivesOnTheDisk(isPlain: Bool) throws {
        let size = isFullRun ? 30 : 26
        try withServedFolder { served, port, folder in
            let source = try served.makeSparse("big", size: 1 << size)
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: source))
            for offset in [0, 1_048_575, 1 << (size - 1), 1 << size - 7] {
                try handle.seek(toOffset: UInt64(offset))
                try handle.write(contentsOf: Data("marked".utf8))
            }
            try handle.close()
            let option = isPlain ? ["--plain"] : []
            let target = folder.path(of: "copy")
            #expect(try run("file-client", option + ["127.0.0.1:\(port):big", target]).exit == 0)
            #expect(FileManager.default.contentsEqual(atPath: source, andPath: target))
        }
    }

    @Test func theRequestsAreToTheByte() throws {
        for (option, request) in [
            ([], [0, 0, 0, 6] + Array("a:b/ü".utf8)), (["--plain"], Array("a:b/ü".utf8)),
        ] as [([String], [UInt8])] {
            let server = HostileServer("answers nothing") { connection in
                let received = try connection.receive(exactly: request.count)
                #expect(received == request)
                connection.shutdownSending()
                let rest = try connection.receiveToEnd()
                #expect(rest.isEmpty)
            }
            let folder = try ScratchFolder()
            let result = try server.result(of: "file-client", folder: folder.path) { port in
                option + ["127.0.0.1:\(port):a:b/ü", "copy"]
            }
            #expect(result.exit == (option.isEmpty ? 1 : 0))
        }
    }

    @Test func aRefusalIsToldInTheServersWords() throws {
        try withServedFolder { (_, port, folder) throws in
            #expect(
                try run("file-client", ["127.0.0.1:\(port):../x", "copy"], folder: folder.path)
                    == ProgramResult(
                        exit: 1, stdout: "",
                        stderr: "file-client: the server refused the file: outside the root\n"))
            #expect(folder.names.isEmpty)
        }
    }

    @Test func aServersWordsAreEscaped() throws {
        let folder = try ScratchFolder()
        let server = HostileServer("refuses with an escape sequence") { connection in
            _ = try connection.receive(exactly: 5)
            try connection.send([1, 0, 9] + Array("\u{1B}[2J\n\u{202E}x".utf8.prefix(9)))
            connection.shutdownSending()
            _ = try connection.receiveToEnd()
        }
        #expect(
            try server.result(of: "file-client", folder: folder.path) {
                ["127.0.0.1:\($0):x", "y"]
            }
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "file-client: the server refused the file: "
                        + "\\u{1B}[2J\\u{A}\\u{202E}x\n"))
    }

    @Test func aNewFileObeysTheUmaskAndAnOldOneKeepsItsMode() throws {
        try withServedFolder { served, port, folder in
            try served.write("f", "new")
            let client = try BuiltPrograms.path(of: "file-client")
            for (name, mode) in [("old", 0o640), ("tight", 0o600), ("wide", 0o666)] {
                try folder.write(name, "old")
                try folder.setMode(of: name, to: mode_t(mode))
            }
            for name in ["fresh", "old", "tight", "wide"] {
                let script = #"umask 027; exec "$0" "$@""#
                let shell = try Running(
                    ["/bin/sh", "-c", script, client, "127.0.0.1:\(port):f", name],
                    folder: folder.path)
                #expect(try shell.runToEnd().stdout == "\(name): 3 bytes\n")
                #expect(try folder.read(name) == Array("new".utf8))
            }
            let modes = try ["fresh", "old", "tight", "wide"].map { try folder.mode(of: $0) }
            #expect(modes == [0o640, 0o640, 0o600, 0o666])
        }
    }

    @Test func aLinkIsFollowedAndItsTargetReplaced() throws {
        try withServedFolder { served, port, folder in
            try served.write("f", "new")
            try folder.makeFolder("deep")
            try folder.write("deep/target", "old")
            try folder.link("link", to: "deep/target")
            try folder.link("fresh", to: "deep/unborn")
            for name in ["link", "fresh"] {
                let result = try run(
                    "file-client", ["127.0.0.1:\(port):f", name], folder: folder.path)
                #expect(result == ProgramResult(exit: 0, stdout: "\(name): 3 bytes\n", stderr: ""))
            }
            let manager = FileManager.default
            #expect(
                try manager.destinationOfSymbolicLink(atPath: folder.path(of: "link"))
                    == "deep/target")
            #expect(try folder.read("deep/target") == Array("new".utf8))
            #expect(try folder.read("deep/unborn") == Array("new".utf8))
            #expect(folder.names == ["deep", "fresh", "link"])
        }
    }

    @Test func aFIFOIsWrittenAndNotReplaced() throws {
        try withServedFolder { served, port, folder in
            let content = seededBytes(count: 200_000, seed: 5)
            try served.write("f", content)
            try folder.makeFIFO("fifo")
            try finishing(try Running(["cat", folder.path(of: "fifo")])) { reader in
                let result = try run(
                    "file-client", ["127.0.0.1:\(port):f", "fifo"], folder: folder.path)
                #expect(result.stdout == "fifo: 200000 bytes\n")
                #expect(try reader.waitForExit() == 0)
                #expect(reader.standardOutputBytes.elementsEqual(content))
            }
            #expect(folder.names == ["fifo"])
        }
    }

    @Test func standardOutputAsTheLocalNameIsWritten() throws {
        try withServedFolder { served, port, _ in
            try served.write("f", "hello\n")
            #expect(
                try run("file-client", ["127.0.0.1:\(port):f", "/dev/stdout"]).stdout
                    == "hello\n/dev/stdout: 6 bytes\n")
        }
    }

    @Test func localNamesThatCannotBeWrittenAreErrors() throws {
        try withServedFolder { served, port, folder in
            try served.write("f", "new")
            try folder.makeFolder("sub")
            for (name, reason) in [
                ("sub", "is a folder; give the name of a file in it"),
                (".", "is a folder; give the name of a file in it"),
                ("nowhere/f", "no such folder"), ("", "the name is empty"),
                ("/dev/full", "no space left on device"),
            ] {
                #expect(
                    try run("file-client", ["127.0.0.1:\(port):f", name], folder: folder.path)
                        == ProgramResult(
                            exit: 1, stdout: "",
                            stderr: "file-client: cannot write '\(name)': \(reason)\n"))
            }
            #expect(folder.names == ["sub"])
        }
    }

    @Test(arguments: [
        ("host", "a.txt"), ("host:12000", "a.txt"), ("host:12000:", "a.txt"), (":12000:a", "a.txt"),
        ("host:http:a", "a.txt"), ("host:0:a", "a.txt"), ("host:65536:a", "a.txt"),
        ("[::1]12000:a", "a.txt"), ("[::1:12000:a", "a.txt"), ("::1:12000:a", "a.txt"),
    ])
    func aMisshapenSourceIsWrongUsage(source: String, local: String) throws {
        let result = try run("file-client", [source, local])
        #expect(result.exit == 64)
        #expect(result.stdout.isEmpty)
        #expect(result.stderr.contains("usage: file-client [options] <server>:<port>:<name>"))
    }

    @Test(.requiresIPv6) func anIPv6AddressStandsInBrackets() throws {
        let served = try ScratchFolder()
        try served.write("a:b", "x")
        try withProgram("file-server", ["::1", "0", "--root", served.path]) { server in
            let port = try server.listeningPort()
            #expect(
                try run("file-client", ["[::1]:\(port):a:b", "/dev/null"])
                    == ProgramResult(exit: 0, stdout: "/dev/null: 1 bytes\n", stderr: ""))
        }
    }

    @Test func aTraceShowsTheRequestAndTheReply() throws {
        try withServedFolder { served, port, _ in
            try served.write("f", "x")
            let result = try run("file-client", ["-v", "127.0.0.1:\(port):f", "/dev/null"])
            #expect(
                result.stderr.hasPrefix(
                    "file-client: to 127.0.0.1:\(port): request for \"f\" [00 00 00 01 66]\n"))
            #expect(result.stderr.contains("00 01 78 00 00]\n"))
            #expect(result.stdout == "/dev/null: 1 bytes\n")
        }
    }
}

/// Whether the tests may take their time: SOCKET_LABS_FULL=1.
private let isFullRun = ProcessInfo.processInfo.environment["SOCKET_LABS_FULL"] == "1"

/// Starts a file server, and hands over the folder it serves, its port, and a folder for copies.
private func withServedFolder(
    _ body: (ScratchFolder, Int, ScratchFolder) throws -> Void
) throws {
    let copies = try ScratchFolder()
    try withFileServer { server, root in try body(root, server.listeningPort(), copies) }
}
