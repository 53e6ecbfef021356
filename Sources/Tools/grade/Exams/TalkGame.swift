import Console
import Sockets

/// What a program of the talk exercise chose, and what was said.
struct TalkForm: Finding {
    /// It ends its lines with `\n`: both sides know where a line ends.
    var hasLines = false

    static let noFraming: @Sendable (Findings) -> String? = { findings in
        findings[TalkForm.self].hasLines
            ? nil : "its lines have no end that both sides know: they are neither cut nor glued"
    }
}

/// The number of lines that were said in one play.
struct TalkCount: Memory {
    var value = 0
}

extension Play {
    /// A line as the judge sends it: with a line end, which a program may need.
    func line(_ text: String) -> [UInt8] { Array((contest.isBare ? text : text + "\n").utf8) }

    /// The line that the user has typed, in the form of the program.
    func wantedLine(_ text: String) -> Wanted {
        guard self[TalkForm.self].hasLines else { return .text(text) }
        let right = Array(text.utf8)
        return Wanted("\"\(text)\"", pattern: right + [10], mistakes: Mistake.of(text: right)) {
            bytes, _ in
            guard let end = bytes.firstIndex(of: 10) else {
                return right.starts(with: bytes) || bytes == right + [13] ? .more : .wrong
            }
            let line = bytes[..<end]
            guard Array(line) == right || Array(line) == right + [13] else { return .wrong }
            return .found(count: end + 1, words: "\"\(text)\"")
        }
    }

    /// Takes a line, and notes whether the program has ended it.
    func findTalkForm(_ text: String, on client: String) throws(Miss) {
        let bytes = try receive(.text(text), on: client)
        self[TalkForm.self].hasLines = bytes.last == 10 && !contest.isBare
        findings.words = [
            bytes.last == 10 ? "lines that end with \\n" : "lines without a line end"
        ]
    }
}

extension Step {
    /// The judge sends a line.
    static func saysLine(_ client: String, _ text: String) -> Step {
        Step("\(client) says \"\(text)\"") { play throws(Miss) in
            try play.send(play.line(text), "\"\(text)\"", on: client)
        }
    }

    /// The line that was typed comes.
    static func hearsLine(_ client: String, _ text: String) -> Step {
        Step("\(client) hears \"\(text)\"") { play throws(Miss) in
            try play.receive(play.wantedLine(text), on: client)
        }
    }

    /// It is not the program's turn: nothing comes for a second.
    static func staysSilent(_ client: String) -> Step {
        Step("nothing comes for a second") { play throws(Miss) in
            let peer = try play.peer(client)
            // A right program sends nothing, however long this is.
            _ = peer.take(until: .now + .seconds(1))
            guard peer.buffer.isEmpty, peer.ending == nil else {
                throw Miss(wanted: "nothing before its turn", got: peer.buffer.shown)
            }
            play.note("nothing comes")
        }
    }

    /// The program says that something is wrong, on its screen.
    static func complains(_ name: String, after step: Step) -> Step {
        Step("\(step.words); it prints a message") { play throws(Miss) in
            let program = try play.program(name)
            let before = program.output.utf8.count + program.errors.utf8.count
            try step.perform(play)
            let end = Instant.now + play.patience
            while program.output.utf8.count + program.errors.utf8.count <= before {
                guard .now < end else {
                    throw Miss(wanted: "a message on the screen", got: "nothing", .silence)
                }
                sleep(for: .milliseconds(10))
            }
            play.note("it prints a message")
        }
    }
}
