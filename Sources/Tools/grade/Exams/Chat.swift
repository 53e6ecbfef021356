extension Wanted {
    /// `[<name>] <text>`, as another member hears it. What stands before it is free.
    static func chat(_ saying: Talk.Saying, at client: String, _ play: Play) -> Wanted {
        let talk = play[Talk.self]
        let name = Talk.name(saying.speaker)
        let right = "[\(name)] \(saying.text)"
        let mistakes = Mistake.of(chat: saying)
        var wanted = Wanted("\"\(right)\"", mistakes: mistakes) { bytes, _ in
            guard let place = bytes.firstRange(of: Array(saying.text.utf8)) else {
                let isDamaged = mistakes.contains { bytes.firstRange(of: $0.bytes) != nil }
                return isDamaged || bytes.containsLike(saying.text) ? .wrong : .more
            }
            let before = Array(bytes[..<place.lowerBound])
            guard before.reversed().starts(with: "[\(name)] ".utf8.reversed()),
                talk.fault(in: before, before: saying, at: client) == nil
            else { return .wrong }
            return .found(count: bytes.endOfText(at: place.upperBound), words: "\"\(right)\"")
        }
        wanted.explain = { bytes in
            let before = bytes.prefix(bytes.firstPlaces(of: saying.text).lowerBound)
            return talk.fault(in: before, before: saying, at: client)
        }
        return wanted
    }
}

extension Mistake {
    /// The known wrong ways to send a text with its sender's name.
    fileprivate static func of(chat saying: Talk.Saying) -> [Mistake] {
        let (name, text) = (Talk.name(saying.speaker), saying.text)
        let forms = [
            ("the name is missing", text),
            ("the blank after the bracket is missing", "[\(name)]\(text)"),
            ("the angle brackets of the sheet's form were sent, too", "[<\(name)>] \(text)"),
            ("the brackets are others", "(\(name)) \(text)"),
            ("the brackets are others", "<\(name)> \(text)"),
            ("the brackets are missing", "\(name): \(text)"),
            ("the brackets are missing", "\(name) \(text)"),
            ("the line end of the name's message was kept", "[\(name)\n] \(text)"),
            ("the line end of the name's message was kept", "[\(name)\r] \(text)"),
            ("the line end of the name's message was kept", "[\(name)\r\n] \(text)"),
            ("the name stands twice", "[\(name)] [\(name)] \(text)"),
        ]
        return forms.flatMap { cause, text in
            ["", "\n", "\r\n", "\0"].map { Mistake(cause, Array((text + $0).utf8)) }
        } + of(passedOn: "[\(name)] \(text)", text: text)
    }
}

extension Step {
    /// A client connects and sends its name at once.
    static func joins(
        _ client: String, ending: String = "", hasLittleRoom: Bool = false
    ) -> Step {
        Step("\(client) connects and sends its name") { play throws(Miss) in
            try play.connect(client, speaksFirst: true, hasLittleRoom: hasLittleRoom)
            let name = Talk.name(client)
            let bytes = play[TextForm.self].bytes(name + ending)
            try play.send(bytes, "the name \(name)", on: client)
            // Without line ends, the name and a text that follows at once would be one message.
            play.waitUntilRead(try play.peer(client))
        }
    }
}
