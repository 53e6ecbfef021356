import Foundation
import Testing

/// The files that the relay leaves behind: a ladder and a capture.
struct RelayFileTests {
    private let question: [UInt8] = [0x3C, 0, 0, 0, 0x33, 0, 0, 0]
    private let answer: [UInt8] = [0x49, 0, 0, 0, 0, 0, 0, 0]

    @Test func theFilesAreWholeAfterCtrlC() throws {
        let folder = try ScratchFolder()
        let (ladder, capture) = ("\(folder.path)/ladder.svg", "\(folder.path)/game.pcap")
        try withRelayedConnection("guess", ["--ladder", ladder, "--capture", capture]) {
            relay, client, server in
            try client.send(question)
            #expect(try server.receive(exactly: 8) == question)
            try server.send(answer)
            #expect(try client.receive(exactly: 8) == answer)
            // Until the end there is nothing that could be taken for the whole.
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy {
                    $0.hasPrefix(".")
                })
            _ = try relay.lines()
        }
        let picture = String(decoding: try folder.read("ladder.svg"), as: UTF8.self)
        #expect(picture.contains("&lt; 51") && picture.contains("Yes"))
        #expect(picture.hasSuffix("</svg>\n"))
        let bytes = [UInt8](try folder.read("game.pcap"))
        #expect(bytes.prefix(4) == [0xD4, 0xC3, 0xB2, 0xA1])
        // Three packets of the handshake, and one for each message: 40 bytes of headers each, 16
        // before them, and 24 at the beginning.
        #expect(bytes.count == 24 + 5 * (16 + 40) + 16)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                == ["game.pcap", "ladder.svg"])
    }

    @Test(.requiresTshark) func tsharkFollowsTheConversation() throws {
        let folder = try ScratchFolder()
        let capture = "\(folder.path)/game.pcap"
        try withRelayedConnection("guess", ["--capture", capture]) { relay, client, server in
            try client.send(question)
            #expect(try server.receive(exactly: 8) == question)
            try server.send(answer)
            #expect(try client.receive(exactly: 8) == answer)
            client.shutdownSending()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.receiveToEnd() == [])
            _ = try relay.lines()
        }
        let followed = try tshark(capture, ["-q", "-z", "follow,tcp,raw,0"])
        #expect(followed.contains("\n3c00000033000000\n\t4900000000000000\n"))
        let faults = "_ws.malformed || tcp.analysis.flags || tcp.checksum.status == 0"
        let checks = ["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"]
        #expect(try tshark(capture, checks + ["-Y", faults]) == "")
    }

    @Test func aFileThatCannotBeWrittenIsToldBeforeTheRelayListens() throws {
        for option in ["--ladder", "--capture"] {
            let path = "/nowhere/at/all"
            let result = try run("relay", ["guess", "0", "127.0.0.1:1", option, path])
            #expect(result.exit == 1 && result.stdout.isEmpty)
            #expect(result.stderr.contains("'\(path)'") && !result.stderr.contains("listening"))
        }
    }

    private func tshark(_ capture: String, _ arguments: [String]) throws -> String {
        let result = try finishing(Running(["tshark", "-n", "-r", capture] + arguments)) {
            try $0.runToEnd()
        }
        #expect(result.exit == 0, "\(result.stderr)")
        return result.stdout
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips the test, by name, where there is no tshark.
    fileprivate static var requiresTshark: Self {
        .enabled(if: hasTshark, "needs tshark")
    }
}

private let hasTshark =
    (try? Running(["/bin/sh", "-c", "command -v tshark"]).runToEnd())?.exit == 0
