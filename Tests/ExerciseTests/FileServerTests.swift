import Foundation
import Testing

/// Lab 2, Assignment 3: the file server's replies and output, seen from a bare socket.
struct FileServerTests {
    @Test(arguments: [0, 1, 1_023, 1_024, 1_025, 2_048, 5_000, 300_000])
    func sendsAFileInBothForms(size: Int) throws {
        try withFileServer { server, root in
            let content = seededBytes(count: size, seed: 7)
            try root.write("f.bin", content)
            #expect(try fetch(framedRequest("f.bin"), from: server) == framedFile(content))
            #expect(try fetch(Array("f.bin".utf8), from: server) == content)
            for client in 1...2 {
                try server.waitForLine(containing: "client \(client) left")
            }
            #expect(
                server.standardOutput == """
                    client 1 joined
                    client 1 took f.bin, \(size) bytes
                    client 1 left
                    client 2 joined
                    client 2 took f.bin, \(size) bytes
                    client 2 left

                    """)
        }
    }

    @Test func aReplyIsToTheByteAsItIsDescribed() throws {
        try withFileServer { server, root in
            try root.write("empty", "")
            try root.write("abc", "abc")
            // Status, size in eight bytes, blocks of length and bytes, a block of length 0.
            #expect(
                try fetch([0, 0, 0, 5] + Array("empty".utf8), from: server)
                    == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            #expect(
                try fetch([0, 0, 0, 3] + Array("abc".utf8), from: server)
                    == [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 3, 0x61, 0x62, 0x63, 0, 0])
            // Status 1, a length in two bytes, the reason.
            #expect(
                try fetch([0, 0, 0, 2] + Array("xy".utf8), from: server)
                    == [1, 0, 12] + Array("no such file".utf8))
        }
    }

    @Test func aPlainRequestMayEndWithALineEnd() throws {
        try withFileServer { server, root in
            try root.write("a.txt", "hello\n")
            for request in ["a.txt\n", "a.txt\r\n"] {
                let peer = try RawClient(port: server.listeningPort())
                try peer.send(request)
                #expect(try peer.receiveToEnd() == Array("hello\n".utf8))
            }
        }
    }

    @Test func aPauseEndsAPlainRequest() throws {
        try withFileServer(["--pause", "0.05"]) { server, root in
            try root.write("a.txt", "hello")
            let peer = try RawClient(port: server.listeningPort())
            try peer.send("a.txt")
            #expect(try peer.receiveToEnd() == Array("hello".utf8))
        }
    }

    @Test func aRefusalIsToldToTheServersUser() throws {
        try withFileServer { server, _ in
            #expect(try refusal(of: "nothing.txt", by: server) == "no such file")
            // Plain form cannot tell the reason.
            #expect(try fetch(Array("nothing.txt".utf8), from: server) == [])
            for client in 1...2 {
                try server.waitForLine(containing: "client \(client) left")
                #expect(
                    try server.waitForLine(on: .standardError, containing: "client \(client)")
                        == "file-server: client \(client): cannot open 'nothing.txt': no such file")
            }
            #expect(
                server.standardOutput
                    == "client 1 joined\nclient 1 left\nclient 2 joined\nclient 2 left\n")
        }
    }

    @Test func aConnectionBringsOneFile() throws {
        try withFileServer { server, root in
            try root.write("a", "first")
            try root.write("b", "second")
            let both = framedRequest("a") + framedRequest("b")
            #expect(try fetch(both, from: server) == framedFile(Array("first".utf8)))
            #expect(try fetch(Array("a\nb\n".utf8), from: server) == Array("first".utf8))
        }
    }

    @Test func namesFromPeersAreEscapedWhereverTheyArePrinted() throws {
        try withFileServer { server, root in
            let name = "a\u{1B}[2Jb\u{202E}c\u{2069}"
            try root.write(name, "x")
            #expect(try fetch(framedRequest(name), from: server) == framedFile([0x78]))
            #expect(
                try server.waitForLine(containing: "took")
                    == "client 1 took a\\u{1B}[2Jb\\u{202E}c\\u{2069}, 1 bytes")
            #expect(try refusal(of: "\u{9B}\n", by: server) == "no such file")
            #expect(
                try server.waitForLine(on: .standardError, containing: "client 2")
                    == "file-server: client 2: cannot open '\\u{9B}\\u{A}': no such file")
        }
    }

    @Test func theRootIsTheCurrentFolderUnlessAnotherIsGiven() throws {
        let folder = try ScratchFolder()
        try folder.write("a.txt", "here")
        try withProgram("file-server", ["127.0.0.1", "0", "--pause", "0"], folder: folder.path) {
            let bytes = try fetch(Array("a.txt".utf8), from: $0)
            #expect(bytes == Array("here".utf8))
        }
    }

    @Test func aRootThatIsNoneIsAnError() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("a.txt", "")
        #expect(
            try run("file-server", ["0", "--root", file])
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "file-server: cannot open '\(file)': not a folder\n"))
        let missing = folder.path(of: "missing")
        #expect(
            try run("file-server", ["0", "--root", missing])
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "file-server: cannot open '\(missing)': no such file\n"))
    }

    @Test func aTraceShowsEveryMessageOnStandardError() throws {
        try withFileServer(["-v"]) { server, root in
            try root.write("abc", "abc")
            _ = try fetch(framedRequest("abc"), from: server)
            _ = try fetch(Array("abc\n".utf8), from: server)
            try server.waitForLine(containing: "client 2 left")
            try server.waitForLine(on: .standardError, containing: "to client 2")
            let lines = server.standardError.split(separator: "\n").dropFirst()
            #expect(
                lines.map { String($0.dropFirst("file-server: ".count)) } == [
                    "from client 1: framed request for \"abc\" [00 00 00 03 61 62 63]",
                    "to client 1: 9 bytes [00 00 00 00 00 00 00 00 03]",
                    "to client 1: 7 bytes of abc, in blocks [00 03 61 62 63 00 00]",
                    "from client 2: plain request for \"abc\" [61 62 63 0a]",
                    "to client 2: 3 bytes of abc",
                ])
            #expect(server.standardOutput.hasSuffix("client 2 took abc, 3 bytes\nclient 2 left\n"))
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItInGoodOrder(signal: Int32) throws {
        try withFileServer { server, root in
            try root.write("a.txt", "hello")
            let silent = try RawClient(port: server.listeningPort())
            let begun = try RawClient(port: server.listeningPort())
            try begun.send([0, 0, 0])
            #expect(try fetch(Array("a.txt".utf8), from: server) == Array("hello".utf8))
            server.signal(signal)
            #expect(try silent.receiveToEnd() == [])
            #expect(try begun.receiveToEnd() == [])
            silent.close()
            begun.close()
            #expect(try server.waitForExit() == 0)
        }
    }

    @Test(.requiresIPv6) func itServesIPv6() throws {
        let root = try ScratchFolder()
        try root.write("a.txt", "hello")
        try withProgram("file-server", ["::1", "0", "--root", root.path]) { server in
            let port = try server.listeningPort()
            #expect(server.standardError == "file-server: listening on [::1]:\(port)\n")
            #expect(
                try run("file-client", ["[::1]:\(port):a.txt", root.path(of: "b.txt")]).exit == 0)
            #expect(try root.read("b.txt") == Array("hello".utf8))
        }
    }
}

/// Starts a file server on a folder of its own, both gone when `body` has ended.
func withFileServer(
    _ arguments: [String] = [], descriptorLimit: Int? = nil,
    _ body: (Running, ScratchFolder) throws -> Void
) throws {
    let root = try ScratchFolder()
    let common = ["127.0.0.1", "0", "--root", root.path]
    let pause = arguments.contains("--pause") ? [] : ["--pause", "0"]
    try withProgram("file-server", common + pause + arguments, descriptorLimit: descriptorLimit) {
        try body($0, root)
    }
}

/// Sends a whole request on a connection of its own, and returns the whole reply.
func fetch(_ request: [UInt8], from server: Running) throws -> [UInt8] {
    let peer = try RawClient(port: server.listeningPort())
    try peer.send(request)
    peer.shutdownSending()
    return try peer.receiveToEnd()
}

/// Asks for a file that must be refused, and returns the reason.
func refusal(of name: String, by server: Running) throws -> String {
    let reply = try fetch(framedRequest(name), from: server)
    let head = reply.prefix(3)
    guard head.count == 3, head[0] == 1, Int(head[1]) << 8 | Int(head[2]) == reply.count - 3 else {
        throw server.failure("no refusal of '\(name)' but \(reply.count) bytes")
    }
    return String(decoding: reply.dropFirst(3), as: UTF8.self)
}

/// A framed request: the name's length in four bytes, and the name.
func framedRequest(_ name: String) -> [UInt8] {
    let bytes = Array(name.utf8)
    return [0, 0, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
}

/// The framed reply that brings `content`.
func framedFile(_ content: [UInt8]) -> [UInt8] {
    var reply: [UInt8] = [0] + (0..<8).reversed().map { UInt8(content.count >> ($0 * 8) & 0xFF) }
    var rest = content[...]
    while !rest.isEmpty {
        let block = rest.prefix(1_024)
        reply += [UInt8(block.count >> 8), UInt8(block.count & 0xFF)] + block
        rest = rest.dropFirst(1_024)
    }
    return reply + [0, 0]
}
