import Testing

/// The questions of the quiz's tests: `Q1 (b)?` tells that b is right; d never is.
let quizQuestions = (1...30).map { number in
    let right = number % 3
    let answers = zip(["a", "b", "c", "d"], 0...).map { letter, index in
        "\(index == right ? "*" : "")\(letter)) \(letter.uppercased())\(number)\n"
    }
    return "Q\(number) (\(["a", "b", "c"][right]))?\n" + answers.joined()
}

/// Makes a folder with the first `count` of the tests' questions in it.
func makeQuizFolder(count: Int = 6) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write("questions.txt", quizQuestions.prefix(count).joined(separator: "\n"))
    return folder
}

/// Runs a quiz-server in `folder` on a port of 127.0.0.1 that the system chooses, without a pause
/// if the options name none.
@discardableResult
func withQuizServer<Value>(
    in folder: ScratchFolder? = nil, _ options: [String] = [], descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    let folder = try folder ?? makeQuizFolder()
    let pause = options.contains("--pause") ? [] : ["--pause", "0"]
    let common = ["127.0.0.1", "0", "--questions", "questions.txt"]
    return try withProgram(
        "quiz-server", common + pause + options, folder: folder.path,
        descriptorLimit: descriptorLimit, sourceLocation: sourceLocation
    ) { try body($0, try $0.listeningPort()) }
}

/// Runs a quiz-client, and hands over the server's side of its connection.
func withQuizClient(
    _ arguments: [String], input: String = "", _ body: (Running, RawClient) throws -> Void
) throws {
    let listener = try RawServer()
    let address = ["127.0.0.1", "\(listener.port)", "--pause", "0"]
    try withProgram("quiz-client", address + arguments) { client in
        try client.write(input)
        try body(client, try listener.accept())
    }
}

/// A question as it has come.
struct QuizQuestion: Equatable {
    let number: Int
    let count: Int
    let text: String

    /// The letter in the parentheses.
    var right: String { String(text.dropLast(2).suffix(1)) }
}

extension RawClient {
    /// Sends a line and returns the whole reply, line by line.
    func ask(_ line: String) throws -> [String] {
        try send(line + "\n")
        return try quizReply()
    }

    /// Waits for a whole reply of the quiz.
    func quizReply() throws -> [String] {
        var lines = [try receiveLine()]
        if lines[0] == "correct" || lines[0].hasPrefix("wrong: ") {
            lines.append(try receiveLine())
        }
        let last = lines[lines.count - 1]
        let rest = last.hasPrefix("question ") ? 4 : last.hasPrefix("score ") ? 1 : 0
        for _ in 0..<rest { lines.append(try receiveLine()) }
        return lines
    }

    /// Begins a game or goes on with one, and checks that a question comes.
    func play(_ request: String) throws -> QuizQuestion {
        let reply = try ask("play \(request)")
        return try #require(question(in: reply), "\(reply)")
    }

    /// Answers a question and returns the whole reply.
    func answer(_ question: QuizQuestion, rightly: Bool) throws -> [String] {
        let reply = try ask(rightly ? question.right : "d")
        #expect(reply[0] == (rightly ? "correct" : "wrong: \(question.right)"))
        return reply
    }

    /// Answers the questions from `first` to the end of the game.
    ///
    /// - Parameter points: The number of right answers; they come first.
    /// - Returns: The last two lines, score and rank.
    func finish(_ first: QuizQuestion, points: Int) throws -> [String] {
        var question = first
        var answered = 0
        while true {
            let reply = try answer(question, rightly: answered < points)
            guard let next = self.question(in: reply) else { return Array(reply.suffix(2)) }
            question = next
            answered += 1
        }
    }

    /// The question in a reply, if there is one; it must have its four answers.
    func question(in reply: [String]) -> QuizQuestion? {
        guard let start = reply.firstIndex(where: { $0.hasPrefix("question ") }) else { return nil }
        let words = reply[start].split(separator: " ")
        let numbers = words[1].split(separator: "/").compactMap { Int($0) }
        let name = words[2].dropFirst()
        #expect(
            Array(reply[(start + 1)...])
                == ["a) A\(name)", "b) B\(name)", "c) C\(name)", "d) D\(name)"])
        return QuizQuestion(
            number: numbers[0], count: numbers[1], text: words[2...].joined(separator: " "))
    }
}
