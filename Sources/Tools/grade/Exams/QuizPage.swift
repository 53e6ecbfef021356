import Conversations
import Sockets

/// What Exercises.md says about the quiz, and its sheet only as a bonus or not at all.
extension Exam {
    static let quizPage = [
        Case(
            "page.game", .page, 0,
            "`play <name> <n>` … `question <i>/<n> <text>`, then `a) …` to `d) …`; an answer is one "
                + "letter, either case, else `error: …` and the question stands; `correct` or "
                + "`wrong: c`; at the end `score <points>/<n>` and `rank <r> of <m>`",
            needs: ["form"], [.starts, .playsByThePage]),
        Case(
            "page.rank", .page, 0,
            "BONUS Task 1: The server reports the rank of the user in comparison to other users",
            needs: ["page.game"], [.starts, .ranksByThePage(players: 6)]),
        Case(
            "page.goes.on", .page, 0,
            "BONUS Task 2: The server stores the results persistently (e.g., in a file) and the "
                + "user can continue the game later, by entering the same name",
            needs: ["page.game"], [.starts, .goesOnByThePage]),
        Case(
            "page.login", .page, 0,
            "BONUS Task 3: The users are registered and can login by using a user-name and password",
            needs: ["page.game"], [.starts, .logsInByThePage]),
    ]
}

extension Step {
    fileprivate static let playsByThePage = Step("A plays by the words of Exercises.md") {
        play throws(Miss) in
        try play.connect("A")
        try play.sayByThePage("play Alba 2", "question 1/2", on: "A")
        try play.sayByThePage("a b", "error: …", on: "A")
        try play.sayByThePage("A", "correct or wrong: …, question 2/2", on: "A")
        try play.sayByThePage("a", "correct or wrong: …, score, rank", on: "A")
    }

    /// Each player's rank is one more than the number of the better ones before it.
    fileprivate static func ranksByThePage(players: Int) -> Step {
        Step("\(players) players answer 1 question each: their ranks follow from their points") {
            play throws(Miss) in
            var all: [Int] = []
            for number in 0..<players {
                let client = "player \(number + 1)"
                try play.connect(client)
                try play.sayByThePage("play Alba\(number) 1", "question 1/1", on: client)
                let text = try play.sayByThePage(
                    "a", "correct or wrong: …, score, rank", on: client)
                all.append(text.contains("score 1/1") ? 1 : 0)
                let rank = 1 + all.filter { $0 > all[number] }.count
                guard !text.hasSuffix("\nrank \(rank) of \(number + 1)\n") else { continue }
                throw Miss(wanted: "rank \(rank) of \(number + 1)", got: text.shownLine)
            }
        }
    }

    fileprivate static let goesOnByThePage = Step(
        "A leaves after 1 of 2 questions, and goes on with the second when it comes again"
    ) { play throws(Miss) in
        try play.connect("A")
        try play.sayByThePage("play Alba 2", "question 1/2", on: "A")
        try play.sayByThePage("a", "correct or wrong: …, question 2/2", on: "A")
        try Step.leaves("A").perform(play)
        try play.connect("A")
        try play.sayByThePage("play Alba 2", "question 2/2", on: "A")
        try play.sayByThePage("a", "correct or wrong: …, score, rank", on: "A")
    }

    fileprivate static let logsInByThePage = Step(
        "A registers; without its password nobody plays under its name"
    ) { play throws(Miss) in
        try play.connect("A")
        try play.sayByThePage("register Alba secret", "registered Alba", on: "A")
        try Step.leaves("A").perform(play)
        try play.connect("B")
        for message in ["play Alba 1", "login Alba other", "register Alba other"] {
            try play.sayByThePage(message, "error: …", on: "B")
        }
        try play.sayByThePage("login Alba secret", "welcome Alba", on: "B")
        try play.sayByThePage("play 1", "question 1/1", on: "B")
    }
}

extension Play {
    /// A message and its answer in the words of Exercises.md.
    @discardableResult
    fileprivate func sayByThePage(
        _ message: String, _ wanted: String, on client: String
    ) throws(Miss) -> String {
        try send(Array("\(message)\n".utf8), message, on: client)
        return try hear(wanted, on: client) { text, _ in
            text.isByThePage(wanted) ? (String(text), text.endIndex) : nil
        }
    }
}

extension Substring {
    /// Whether it is exactly these lines; `…` and what stands behind "question 1/2" are free.
    fileprivate func isByThePage(_ wanted: String) -> Bool {
        let lines = [
            "correct or wrong: …": "(correct|wrong: [a-d])", "score": "score [0-9]+/[0-9]+",
            "rank": "rank [0-9]+ of [0-9]+", "error: …": "error: [^\n]+",
        ]
        let question = " [^\n]+" + "abcd".map { "\n\($0)[)] [^\n]+" }.joined()
        let patterns = wanted.split(separator: ", ").map(String.init).map { line in
            lines[line] ?? (line.hasPrefix("question") ? line + question : line)
        }
        guard let regex = try? Regex(patterns.map { $0 + "\n" }.joined()) else { return false }
        return (try? regex.wholeMatch(in: self)) != nil
    }
}
