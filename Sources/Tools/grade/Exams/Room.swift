import Sockets

/// A room where each member hears what the others say: the exams of chat-server and of
/// chatroom-server are played with it.
struct Room: Sendable {
    /// A member connects and sends its name, with this behind it.
    let joins: @Sendable (_ client: String, _ ending: String, _ hasLittleRoom: Bool) -> Step
    /// What a member is sent when another one has said this.
    let heard: @Sendable (Talk.Saying, _ listener: String, Play) -> Wanted
    /// Takes notice of what a member was sent.
    var notice: @Sendable (Play, Talk.Saying, [UInt8]) -> Void = { _, _, _ in }

    /// Everything that is said is heard by Zoe, who was there first.
    var exchange: Exchange {
        Exchange(
            enter: { [join($0)] }, prepare: [join("Z")],
            next: { play, client in
                question(play[Talk.self].say(client), heardBy: ["Z"], play)
            },
            garbage: [0xFF, 0xFE, 0xC0, 0x80, 10], noFraming: TextForm.noFraming)
    }

    /// The server runs, Zoe is there, and then these members.
    func opening(_ clients: String...) -> [Step] {
        [.starts] + (["Z"] + clients).map(join)
    }

    func join(_ client: String) -> Step { joins(client, "", false) }

    /// A member says something; these others hear it.
    func says(_ client: String, _ text: String? = nil, heardBy listeners: String...) -> [Step] {
        [
            saying(client, text, listeners.isEmpty ? ["Z"] : listeners), .answered(client),
        ]
    }

    /// A member says something; these others must hear it.
    func saying(
        _ client: String, _ text: String? = nil, _ listeners: [String] = ["Z"],
        ending: String = "", cutInto sizes: [Int] = []
    ) -> Step {
        let words = text.map { "\"\($0)\"" } ?? "something"
        let pieces = sizes.isEmpty ? "" : " in \(sizes.count + 1) pieces"
        return Step("\(client) says \(words)\(pieces)") { play throws(Miss) in
            let saying = play[Talk.self].say(client, text)
            let question = question(saying, heardBy: listeners, ending: ending, play)
            try play.ask(question, by: client, cutInto: sizes)
        }
    }

    private func question(
        _ saying: Talk.Saying, heardBy listeners: [String], ending: String = "", _ play: Play
    ) -> Question {
        let answers = listeners.map { listener in
            Question.Answer(at: listener, wanted: { heard(saying, listener, $0) }) { play, bytes in
                play[Talk.self].note(saying, heardBy: listener)
                notice(play, saying, bytes)
            }
        }
        let text = play.contest.said(saying.text) + ending
        return Question("\"\(saying.text)\"", play[TextForm.self].bytes(text), answers: answers)
    }

    /// Finds out whether the server knows lines.
    var findsForm: Step {
        Step("A says something, and Z hears it") { play throws(Miss) in
            try play.findTextForm { () throws(Miss) in
                play[Talk.self] = Talk()
                for step in opening("A") { try step.perform(play) }
                let saying = play[Talk.self].say("A")
                try play.ask(question(saying, heardBy: [], play), by: "A")
                return try play.receive(heard(saying, "Z", play), on: "Z")
            }
        }
    }

    /// What TCP and terminals do to the texts of a room.
    var network: [Case] {
        [
            Case(
                "character", .network, 1,
                "TCP is a stream: a character may come in two segments (RFC 3629)",
                needs: ["form"],
                opening("A") + [
                    saying("A", "äöü€你", cutInto: [1, 2, 2, 2, 3]), .answered("A"),
                ]
            )
            .exempt(TextForm.noFraming),
            Case(
                "line.cr", .network, 1, "Telnet and Windows end a line with \\r\\n (RFC 854)",
                needs: ["form"],
                opening("A") + [
                    joins("N", "\r", false), saying("N", ending: "\r"), .answered("N"),
                ] + says("A")
            )
            .exempt(TextForm.noFraming),
            Case(
                "empty", .network, 1, "An empty message is no end of the stream",
                needs: ["form"],
                opening("A") + [.sends("A", "an empty message", [10]), .isRead("A")] + says("A")
            )
            .exempt(TextForm.noFraming),
            Case(
                "unread", .network, 2,
                "A client that never reads keeps nobody waiting (send(2) may block)",
                needs: ["form"],
                opening("A") + [joins("M", "", true), .saysMuch("A")]),
        ]
    }
}

extension Step {
    /// A member says more than the system keeps for one that does not read.
    fileprivate static func saysMuch(_ client: String) -> Step {
        Step("\(client) says much that M never reads") { play throws(Miss) in
            // A server that takes its time over each text has kept nobody waiting until then.
            let end = Instant.now + play.patience * 10
            let last = "end of text."
            let text = play.contest.said(String(repeating: "x", count: 900) + last)
            // How many it takes until a server waits for M differs from run to run.
            let story = play.record
            for _ in 1...800 where .now < end {
                play.record = story
                try play.send(play[TextForm.self].bytes(text), "a long text", on: client)
                let wanted = Wanted("a long text") { bytes, _ in
                    guard let place = bytes.firstRange(of: Array(last.utf8)) else { return .more }
                    return .found(count: place.upperBound, words: "a long text")
                }
                try play.receive(wanted, on: "Z")
            }
        }
    }
}
