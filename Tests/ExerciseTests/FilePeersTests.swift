import Testing

/// Lab 2, Assignment 3: our programs with programs that students write from the sheet.
struct FilePeersTests {
    @Test(.requiresPython, arguments: [0, 1, 1_024, 1_025, 100_000])
    func ourServerServesANaiveClient(size: Int) throws {
        // The naive client ends its request only with silence.
        try withFileServer(["--pause", "0.1"]) { server, root in
            let content = seededBytes(count: size, seed: 4)
            try root.write("notes.txt", content)
            let folder = try ScratchFolder()
            let source = "127.0.0.1:\(try server.listeningPort()):notes.txt"
            let result = try PythonPeer.run("file_client", [source, "copy"], folder: folder.path)
            #expect(result == ProgramResult(exit: 0, stdout: "received copy\n", stderr: ""))
            #expect(try folder.read("copy") == content)
            try server.waitForLine(containing: "client 1 took notes.txt, \(size) bytes")
        }
    }

    @Test(.requiresPython, arguments: [0, 1, 1_024, 1_025, 100_000])
    func ourClientFetchesFromANaiveServer(size: Int) throws {
        let served = try ScratchFolder()
        let content = seededBytes(count: size, seed: 4)
        try served.write("notes.txt", content)
        try PythonPeer.with("file_server", ["127.0.0.1", "0"], folder: served.path) { server in
            let folder = try ScratchFolder()
            let source = "127.0.0.1:\(try server.listeningPort()):notes.txt"
            let result = try run("file-client", ["--plain", source, "copy"], folder: folder.path)
            #expect(result.exit == 0 && result.stdout == "copy: \(size) bytes\n")
            #expect(try folder.read("copy") == content)
        }
    }

    @Test(.requiresPython, arguments: [false, true])
    func aTerminalIsShownTheProgress(isPlain: Bool) throws {
        try withFileServer { server, root in
            try root.makeSparse("big", size: 4 << 20)
            let source = "127.0.0.1:\(try server.listeningPort()):big"
            let client = try BuiltPrograms.path(of: "file-client")
            // Python gives the program a terminal, and copies its output there to a pipe.
            let script = "import pty, sys; pty.spawn(sys.argv[1:])"
            let terminal = try Running(
                ["python3", "-c", script, client] + (isPlain ? ["--plain"] : [])
                    + [source, "/dev/null"])
            let shown = try finishing(terminal) { try $0.runToEnd().stdout }
            #expect(shown.contains(isPlain ? "B/s" : " of 4.2 MB, "))
            #expect(shown.contains("\r/dev/null  "))
            // It is gone at the end.
            #expect(shown.hasSuffix("\r\u{1B}[K/dev/null: 4194304 bytes\r\n"))
        }
    }

    @Test(.requiresPython) func aFileThatANaiveServerLacksIsEmpty() throws {
        let folder = try ScratchFolder()
        try PythonPeer.with("file_server", ["127.0.0.1", "0"], folder: folder.path) { server in
            let source = "127.0.0.1:\(try server.listeningPort()):nothing"
            #expect(
                try run("file-client", ["--plain", source, "copy"], folder: folder.path)
                    == ProgramResult(
                        exit: 0, stdout: "copy: 0 bytes\n",
                        stderr: "file-client: 0 bytes came; the file may be missing on the server\n"
                    ))
        }
    }
}
