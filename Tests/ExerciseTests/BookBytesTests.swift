import Foundation
import Testing

/// The bytes that Exercises.md shows: lines like `0006  6f 0a     o\n`.
struct BookBytesTests {
    /// A conversation of the book, and the server that it is with.
    struct Case: CustomTestStringConvertible {
        let exercise: String
        var options: [String] = []
        /// What others send once the first client has spoken.
        var others: [String] = []
        var isDatagram = false

        var testDescription: String { exercise }
    }

    @Test func everyLineOfBytesHasItsTextBesideIt() throws {
        let lines = try Package.text(of: "Exercises.md").split(separator: "\n")
            .compactMap(Self.shownBytes)
        #expect(lines.count > 40)
        for (_, bytes, text) in lines {
            let characters = bytes.map { byte in
                (0x20...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : "."
            }
            let spelled = String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\\n")
            let forms = [characters.joined(), spelled].map(Self.trimmed)
            #expect(forms.contains(Self.trimmed(text)), "\(text)")
        }
    }

    @Test(arguments: [
        Case(exercise: "hello"),
        Case(exercise: "strftime", options: ["--at", "1795305599"]),
        Case(exercise: "hangman", options: ["--word", "raccoon"]),
        Case(exercise: "tictactoe", others: ["bob\n"]),
        Case(exercise: "arithmetic"),
        Case(exercise: "chatroom", options: ["--at", "1795255260"]),
        Case(exercise: "udp", isDatagram: true),
        Case(exercise: "datetime", options: ["--at", "1795305599"], isDatagram: true),
    ])
    func theServerAnswersAsTheBookShows(case: Case) throws {
        let steps = try Self.steps(of: `case`.exercise)
        #expect(Set(steps.map(\.isServer)) == [true, false])
        // Each side's bytes are counted from its first one; those of a datagram from its own.
        for isServer in [true, false] where !`case`.isDatagram {
            let own = steps.filter { $0.isServer == isServer }
            let counts = own.map(\.bytes.count)
            #expect(own.map(\.offset) == counts.indices.map { counts[..<$0].reduce(0, +) })
        }
        try withProgram(
            "\(`case`.exercise)-server", ["127.0.0.1", "0"] + `case`.options,
            environment: ["TZ": "UTC0"]
        ) { server in
            if `case`.isDatagram {
                try play(steps, asDatagramsTo: server)
            } else {
                try play(steps, to: server, besides: `case`.others)
            }
        }
    }

    private func play(_ steps: [Step], to server: Running, besides others: [String]) throws {
        let client = try RawClient(port: server.listeningPort())
        var waiting = others[...]
        var friends: [RawClient] = []
        for step in steps {
            if step.isServer {
                #expect(try client.receive(exactly: step.bytes.count) == step.bytes)
                continue
            }
            try client.send(step.bytes)
            while let text = waiting.popFirst() {
                try server.waitForLine(containing: "joined")
                let friend = try RawClient(port: server.listeningPort())
                try friend.send(text)
                friends.append(friend)
            }
        }
    }

    private func play(_ steps: [Step], asDatagramsTo server: Running) throws {
        let client = try RawDatagramSocket()
        for step in steps {
            if step.isServer {
                #expect(try client.receive().bytes == step.bytes)
            } else {
                try client.send(step.bytes, to: server.listeningPort())
            }
        }
    }

    // MARK: Reading the book

    /// A blank may stand at an end of the text, where nobody sees it.
    private static func trimmed(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespaces)
    }

    private struct Step {
        let isServer: Bool
        let offset: Int
        let bytes: [UInt8]
    }

    /// The lines of bytes in an exercise's section, each with the side that sends it.
    private static func steps(of exercise: String) throws -> [Step] {
        let section = try Package.text(of: "Exercises.md").split(separator: "\n")
            .drop { $0 != "## \(exercise)" }.dropFirst().prefix { !$0.hasPrefix("## ") }
        let bytes = section.drop { !$0.hasPrefix("**The bytes.**") }
            .prefix { !$0.hasPrefix("**A run.**") }
        var isServer = false
        return bytes.compactMap { line in
            if let (offset, bytes, _) = shownBytes(in: line) {
                return Step(isServer: isServer, offset: offset, bytes: bytes)
            }
            if line.contains(" → ") { isServer = line.hasPrefix("server → ") }
            return nil
        }
    }

    /// A line's offset and bytes, and the text beside them; nil for any other line.
    private static func shownBytes(
        in line: Substring
    ) -> (offset: Int, bytes: [UInt8], text: String)? {
        guard let match = line.wholeMatch(of: /([0-9a-f]{4})  ((?:[0-9a-f]{2} )+) +(.*)/),
            let offset = Int(match.1, radix: 16)
        else { return nil }
        let bytes = match.2.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        return (offset, bytes, String(match.3))
    }
}
