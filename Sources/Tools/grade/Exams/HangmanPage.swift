import Conversations
import Sockets

/// What Exercises.md says about hangman, and its sheet leaves open.
extension Exam {
    static let hangmanPage = [
        Case(
            "page.game", .page, 0,
            "`start`; `length <n>`; the client sends a letter, either case; `at <positions from 1, "
                + "by commas>` or `none <misses left>`; a letter tried before: `again <letter>`, "
                + "not charged; six misses; anything else: `error: …`, free",
            needs: ["form"], [.starts, .hangsByThePage]),
        Case(
            "page.end", .page, 0,
            "the last miss `none 0` and `end lost <word>`; `start` in mid-game: `end lost <word>`, "
                + "then `length <n>`",
            needs: ["page.game"], [.starts, .losesByThePage]),
    ]
}

extension Step {
    fileprivate static let hangsByThePage = Step("A plays by the words of Exercises.md") {
        play throws(Miss) in
        try play.connect("A")
        try play.sayByThePage("start", "length <n>", "length [1-9][0-9]*\n", on: "A")
        var misses = 0
        for letter in "eaoiutnrs" where misses < 2 {
            let text = try play.sayByThePage(
                "\(letter)", "at <positions>, or none \(5 - misses)",
                "(at [1-9][0-9]*(,[1-9][0-9]*)*|none \(5 - misses))\n", on: "A")
            if text.hasPrefix("none") { misses += 1 }
            let other = letter.uppercased()
            try play.sayByThePage(other, "again \(letter)", "again \(letter)\n", on: "A")
            try play.sayByThePage("\(letter)\(letter)", "error: …", "error: [^\n]+\n", on: "A")
        }
    }

    fileprivate static let losesByThePage = Step("A begins anew, loses, and begins once more") {
        play throws(Miss) in
        let length = "length [1-9][0-9]*\n"
        try play.connect("A")
        try play.sayByThePage("start", "length <n>", length, on: "A")
        try play.sayByThePage(
            "start", "end lost <word>, length <n>", "end lost [a-z]+\n" + length, on: "A")
        var text = ""
        for letter in HangmanGame.seldom where !text.contains("end") {
            text = try play.sayByThePage(
                "\(letter)", "at …, or none …, at the end end lost <word>",
                "(at [0-9,]+|none [1-5]|none 0\nend lost [a-z]+)\n", on: "A")
        }
        try play.sayByThePage("start", "length <n>", length, on: "A")
    }
}

extension Play {
    /// A message and its answer in the words of Exercises.md.
    @discardableResult
    fileprivate func sayByThePage(
        _ message: String, _ wanted: String, _ pattern: String, on client: String
    ) throws(Miss) -> String {
        try send(Array("\(message)\n".utf8), message, on: client)
        let regex = try? Regex(pattern)
        return try hear(wanted, on: client) { text, _ in
            guard let regex, (try? regex.wholeMatch(in: text)) != nil else { return nil }
            return (String(text), text.endIndex)
        }
    }
}
