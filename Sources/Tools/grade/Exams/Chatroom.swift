import Sockets

/// How a chat room words what it passes on, as far as it was seen.
struct RoomWords: Memory {
    /// The line of the last text, with `{text}` in its place.
    var line = ""
    /// The status of a member that has joined, its digits replaced.
    var joined: [String: String] = [:]
}

extension Contest {
    /// A login as it is sent: the name, or what `--entry` says.
    func login(_ name: String) -> String {
        entry.map { $0.replacing("{name}", with: name) } ?? name
    }

    /// A text as it is sent: bare, or as `--turn` says.
    func said(_ text: String) -> String {
        turn.map { $0.replacing("{text}", with: text) } ?? text
    }
}

extension Wanted {
    /// A text together with its sender's name, which stands before it or behind it.
    static func room(_ saying: Talk.Saying, at client: String, _ play: Play) -> Wanted {
        let name = Talk.name(saying.speaker)
        let hasLines = play[TextForm.self].hasLines
        let talk = play[Talk.self]
        let words = "\"\(name): \(saying.text)\", or in other words"
        let mistakes = Mistake.of(passedOn: "\(name): \(saying.text)", text: saying.text)
        var wanted = Wanted(words, mistakes: mistakes) { bytes, _ in
            guard let place = bytes.firstRange(of: Array(saying.text.utf8)) else {
                let isDamaged = mistakes.contains { bytes.firstRange(of: $0.bytes) != nil }
                return isDamaged || bytes.containsLike(saying.text) ? .wrong : .more
            }
            let before = Array(bytes[..<place.lowerBound])
            // The server took the name and the text for one name, since nothing stood between.
            if before.reversed().starts(with: name.utf8.reversed()) { return .more }
            if talk.fault(in: before, before: saying, at: client) != nil { return .wrong }
            let start = hasLines ? before.lastIndex(of: 10).map { $0 + 1 } ?? 0 : 0
            let rest = Array(bytes[place.upperBound...])
            let end = rest.firstIndex(of: 10)
            let line = Array(before[start...])
            if line.contains(text: name) {
                // A terminal would write the text over the name.
                if hasLines, line.contains(text: "\(name)\r") { return .wrong }
                return .found(count: bytes.endOfText(at: place.upperBound), words: "\(words)")
            }
            if Array(rest.prefix(end ?? rest.count)).contains(text: name) {
                return .found(
                    count: end.map { place.upperBound + $0 + 1 } ?? bytes.count, words: words)
            }
            return end == nil ? .more : .wrong
        }
        wanted.explain = { bytes in
            let before = Array(bytes.prefix(bytes.firstPlaces(of: saying.text).lowerBound))
            let isKept = hasLines && before.contains(text: "\(name)\r")
            return talk.fault(in: before, before: saying, at: client)
                ?? (isKept ? "the line end of the name's message was kept" : nil)
        }
        return wanted
    }

    /// Any word of the server about a member; what it passes on of the member's is none.
    static func status(of name: String, _ play: Play) -> Wanted {
        let hasLines = play[TextForm.self].hasLines
        let passedOn = play[RoomWords.self].line.replacing("{text}", with: "quit")
        return Wanted("a status with the name \(name)") { bytes, _ in
            var place = 0
            while place < bytes.count {
                let end = hasLines ? bytes[place...].firstIndex(of: 10) : bytes.count - 1
                guard let end else { return .more }
                let line = String(decoding: bytes[place...end], as: UTF8.self)
                let status = passedOn.isEmpty ? line : line.replacing(passedOn, with: "")
                if status.contains(name) {
                    return .found(count: end + 1, words: "a status with the name \(name)")
                }
                place = end + 1
            }
            return .more
        }
    }
}

extension RoomWords {
    /// Keeps the line with this text, as a member was sent it.
    mutating func note(_ saying: Talk.Saying, in bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        line = (lines.last.map(String.init) ?? "").replacing(saying.text, with: "{text}")
    }
}

extension Step {
    /// A client connects and sends its login name at once.
    static func logsIn(
        _ client: String, as name: String? = nil, ending: String = "",
        hasLittleRoom: Bool = false
    ) -> Step {
        let name = name ?? Talk.name(client)
        return Step("\(client) connects and logs in as \(name)") { play throws(Miss) in
            try play.connect(client, speaksFirst: true, hasLittleRoom: hasLittleRoom)
            try play.logIn(client, name, ending)
        }
    }

    /// A member hears of another one.
    static func isTold(_ client: String, about name: String) -> Step {
        Step("\(client) is told about \(name)") { play throws(Miss) in
            try play.receive(.status(of: name, play), on: client)
        }
    }

    /// A member hears that another one has joined; the words are kept.
    static func isToldOfJoin(_ client: String, of name: String) -> Step {
        Step("\(client) is told that \(name) has joined") { play throws(Miss) in
            let bytes = try play.receive(.status(of: name, play), on: client)
            play[RoomWords.self].joined[name] = bytes.lastLineWithoutDigits
        }
    }

    /// A member is told about a newcomer, and not that the other name has joined once more.
    static func isTold(_ client: String, about name: String, notAgain other: String) -> Step {
        Step("\(client) is told about \(name), and not about another \(other)") {
            play throws(Miss) in
            let bytes = try play.receive(.status(of: name, play), on: client)
            let joined = play[RoomWords.self].joined[other] ?? ""
            guard !joined.isEmpty, bytes.textWithoutDigits.contains(joined) else { return }
            throw Miss(
                wanted: "no second \(other)", got: bytes.shown, .wrong,
                cause: "the name \(other) was taken, and could be taken again")
        }
    }

    /// A login with a taken name is answered in any words, or by the end.
    static func isRefused(_ client: String) -> Step {
        Step("\(client) gets an answer, or the end") { play throws(Miss) in
            let peer = try play.peer(client)
            guard !peer.buffer.isEmpty || peer.take(until: play.deadline) else {
                throw Miss(wanted: "an answer to the login, or the end", got: "nothing", .silence)
            }
            play.note(.says(.server), client, "an answer, or the end", peer.buffer)
        }
    }

    /// A refused client tries another name, on a new connection if it was sent away; a member is
    /// told about it.
    static func logsInAgain(_ client: String, as name: String, toldTo other: String) -> Step {
        Step("\(client) logs in as \(name)") { play throws(Miss) in
            try? play.logIn(client, name, "")
            let wanted = Wanted.status(of: name, play)
            do throws(Miss) {
                try play.receive(wanted, on: other)
            } catch {
                let peer = try play.peer(client)
                while peer.ending == nil, peer.take(until: .now) {}
                guard peer.ending != nil else { throw error }
                try play.connect(client, speaksFirst: true)
                try play.logIn(client, name, "")
                try play.receive(wanted, on: other)
            }
        }
    }

    /// A member says that it quits, and closes.
    static func quits(_ client: String) -> Step {
        Step("\(client) quits and closes") { play throws(Miss) in
            try? play.send(play[TextForm.self].bytes("quit"), "quit", on: client)
            play.waitUntilRead(try play.peer(client))
            try Step.leaves(client).perform(play)
        }
    }
}

extension Play {
    fileprivate func logIn(_ client: String, _ name: String, _ ending: String) throws(Miss) {
        let bytes = self[TextForm.self].bytes(contest.login(name) + ending)
        try send(bytes, "the login \(name)", on: client)
        // Without line ends, the name and a text that follows at once would be one message.
        waitUntilRead(try peer(client))
    }
}

extension [UInt8] {
    /// The text, each digit of it replaced by `#`, since times and counts change.
    fileprivate var textWithoutDigits: String {
        String(decoding: map { (48...57).contains($0) ? UInt8(ascii: "#") : $0 }, as: UTF8.self)
    }

    fileprivate var lastLineWithoutDigits: String {
        textWithoutDigits.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    }
}
