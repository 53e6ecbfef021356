import Foundation
import Testing

/// Lab 2, Assignment 3: the server sends only regular files inside the root, for any name.
struct FileServerPathTests {
    @Test func namesThatLeadOutAreRefused() throws {
        try withTree { server, _ in
            for name in [
                "..", "../secret", "../root/../secret", "sub/../../secret", "./../secret",
                "/etc/passwd", "//etc/passwd", "/", "out", "folder-out/secret", "sub/up",
                "absolute-out", "../../../../../../../../etc/passwd",
            ] {
                let reason = try refusal(of: name, by: server)
                #expect(reason == "outside the root", "\(name)")
                let bytes = try fetch(Array(name.utf8), from: server)
                #expect(bytes.isEmpty, "\(name)")
            }
        }
    }

    @Test func namesAndLinksThatStayInsideAreServed() throws {
        try withTree { server, _ in
            for name in [
                "a.txt", "./a.txt", "sub/../a.txt", "sub//./b.txt", "inside", "sub/back",
                "absolute-in", "folder-in/b.txt",
            ] {
                let reply = try fetch(framedRequest(name), from: server)
                #expect(reply.first == 0 && reply.count > 11, "\(name)")
                #expect(!(try fetch(Array(name.utf8), from: server)).isEmpty, "\(name)")
            }
        }
    }

    @Test func whatIsNoRegularFileIsRefusedAndBlocksNobody() throws {
        try withTree { server, folder in
            try folder.makeFIFO("root/fifo")
            try folder.link("root/device", to: "/dev/zero")
            for (name, reason) in [
                ("sub", "not a regular file"), ("sub/", "not a regular file"),
                (".", "not a regular file"), ("fifo", "not a regular file"),
                ("device", "outside the root"), ("a.txt/", "no such file"),
                ("a.txt/x", "no such file"), ("loop", "too many links"),
                ("dangling", "no such file"), ("A.TXT", "no such file"),
            ] {
                #expect(try refusal(of: name, by: server) == reason, "\(name)")
            }
        }
    }

    @Test func namesThatNoFileHasAreRefused() throws {
        try withTree { (server, _) throws in
            #expect(
                try refusal(of: "a.txt\0.png", by: server) == "the name holds a zero byte")
            #expect(try refusal(of: "a.txt\n", by: server) == "no such file")
            #expect(
                try refusal(of: String(repeating: "x", count: 300), by: server) == "name too long")
            #expect(try refusal(of: "", by: server) == "the name is empty")
            // Wrong UTF-8 is refused, even if a file has the repaired name.
            #expect(
                try fetch([0, 0, 0, 2, 0x61, 0xFF], from: server)
                    == [1, 0, 21] + Array("the name is not UTF-8".utf8))
            // Full-width stops and a slash that only look like `../`.
            #expect(try refusal(of: "\u{FF0E}\u{FF0E}\u{2215}secret", by: server) == "no such file")
        }
    }

    @Test func aNameMayBeComposedEitherWay() throws {
        // The name is its bytes: they are not brought into a normal form.
        try withFileServer { server, root in
            try root.write("caf\u{E9}.txt", "composed")
            #expect(
                try fetch(framedRequest("caf\u{E9}.txt"), from: server)
                    == framedFile(Array("composed".utf8)))
        }
    }

    @Test func aNameOfFiveThousandBytesIsRefused() throws {
        try withTree { server, _ in
            let name = String(repeating: "x/", count: 2_500)
            #expect(try refusal(of: name, by: server) == "name too long")
            #expect(
                try server.waitForLine(on: .standardError, containing: "5000")
                    == "file-server: client 1: cannot open 'a name of 5000 bytes': name too long")
            #expect(try fetch(Array(name.utf8), from: server) == [])
            try server.waitForLine(on: .standardError, containing: "longer than 4096 bytes")
            #expect(try fetch(Array("a.txt".utf8), from: server) == Array("inside".utf8))
        }
    }

    @Test(.disabled(if: geteuid() == 0, "root may read everything"))
    func anUnreadableFileIsRefused() throws {
        try withTree { server, folder in
            try folder.setMode(of: "root/a.txt", to: 0)
            #expect(try refusal(of: "a.txt", by: server) == "permission denied")
        }
    }

    /// Serves the folder `root`, with files, folders and links in it; a secret file is beside it.
    private func withTree(_ body: (Running, ScratchFolder) throws -> Void) throws {
        let folder = try ScratchFolder()
        try folder.write("secret", "secret")
        try folder.makeFolder("root/sub")
        try folder.write("root/a.txt", "inside")
        try folder.write("root/sub/b.txt", "below")
        try folder.link("root/inside", to: "a.txt")
        try folder.link("root/sub/back", to: "../a.txt")
        try folder.link("root/absolute-in", to: folder.path(of: "root/a.txt"))
        try folder.link("root/folder-in", to: "sub")
        try folder.link("root/out", to: "../secret")
        try folder.link("root/absolute-out", to: folder.path(of: "secret"))
        try folder.link("root/folder-out", to: "..")
        try folder.link("root/sub/up", to: "../../secret")
        try folder.link("root/loop", to: "loop")
        try folder.link("root/dangling", to: "nowhere")
        try withProgram(
            "file-server",
            ["127.0.0.1", "0", "--pause", "0", "--root", folder.path(of: "root")]
        ) { server in
            try body(server, folder)
        }
    }
}
