import Conversations
import Sockets

extension Exam {
    static let quizServer = Exam(
        "quiz-server", width: 10,
        [
            Case(
                "start.listen", .sheet, 8, "Clients connect to the server and starts a quiz game",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 22,
                "Clients connect to the server and starts a quiz game (sends her name and the "
                    + "number of questions she wants to play)", needs: ["start.listen"],
                [.findsQuizForm]),
            Case(
                "count.two", .sheet, 20,
                "The server sends a multiple-choice question to the client (repeat for n questions)",
                needs: ["form"], [.starts, .playsQuiz("A", 2)]),
            Case(
                "report", .sheet, 15,
                "At the end of the game, the server reports the total number of points of the user",
                needs: ["form"], [.starts, .reportsWhatItSaid(["A"], 2)]),
            Case(
                "points", .sheet, 15,
                "The server keeps track of the points achieved by the user", needs: ["form"],
                [.starts, .givesPointsForRightAnswers]),
            Case(
                "next", .sheet, 5, "Clients connect to the server and starts a quiz game",
                needs: ["count.two"],
                [.starts, .playsQuiz("A", 2), .leaves("A"), .playsQuiz("B", 2)]),
            Case(
                "many.own", .network, 3,
                "Clients that are connected at the same time have points of their own",
                needs: ["report"], [.starts, .reportsWhatItSaid(["A", "B"], 2)]),
            Case(
                "leave.mid", .network, 1, "A player may be gone in the middle of a game",
                needs: ["count.two"],
                [.starts, .beginsQuiz("A", 2), .leaves("A"), .playsQuiz("B", 2)]),
            Case(
                "leave.reset", .network, 1, "A player may be gone by a reset (RFC 9293, 3.5.2)",
                needs: ["count.two"],
                [.starts, .beginsQuiz("A", 2), .resets("A"), .playsQuiz("B", 2)]),
            Case(
                "half.close", .network, 1,
                "A client that has ended its sending still reads (shutdown(2))", needs: ["form"],
                [.starts, .endsSendingWithItsAnswer("A")]),
            Case(
                "garbage", .network, 1,
                "Bytes that are no message are the trouble of their sender alone",
                needs: ["count.two"],
                [
                    .starts, .beginsQuiz("A", 2),
                    .sends("A", "what is no answer", [0xFF, 0xFE, 0xC0, 0x80, 10]), .leaves("A"),
                    .playsQuiz("B", 2),
                ]),
            .split(1, [.starts, .playsQuiz("A", 1)]),
            .bytes(1, [.starts, .playsQuiz("A", 1)]),
        ]
            + ProcessCases.server(
                begin: [.starts, .beginsQuiz("A", 2)], again: [.beginsQuiz("A", 2)],
                clients: ["A"],
                points: [
                    "idle": 1, "restart": 1, "stop": 1, "behind": 1, "port.taken": 1,
                    "no.arguments": 1,
                ])
            + quizPage)
}

extension Step {
    /// Finds out how a game is begun, and how texts end.
    fileprivate static let findsQuizForm = Step("A begins a game, in the forms that occur") {
        play throws(Miss) in
        var candidates = QuizForm.candidates
        if let entry = play.contest.entry {
            let parts = entry.replacing("\\n", with: "\n").split(separator: "\n").map(String.init)
            candidates = [QuizForm(parts, play.contest.turn ?? "{answer}")]
        }
        for form in candidates {
            play[QuizForm.self] = form
            guard try play.triesQuizForm() else { continue }
            try play.findTextForm { () throws(Miss) in
                try play.startServer()
                try play.enterQuiz("A", as: "Alba", questions: 1)
                let question = try play.hearQuestion(on: "A")
                try play.answer(question, with: 0, on: "A")
                return Array(try play.hearReport(of: 1, on: "A").utf8)
            }
            play.findings.words.append(form.words)
            return
        }
        throw Miss(
            wanted: "a multiple-choice question: options such as a) … b) …",
            got: "none to any of these: " + candidates.map(\.words).joined(separator: "; "),
            .silence,
            cause: "if a game begins in another way, --entry and --turn tell it: "
                + "--entry 'NEW {name} {n}' --turn '{number}'")
    }

    /// A player begins a game and gets the first question.
    fileprivate static func beginsQuiz(_ client: String, _ count: Int) -> Step {
        Step("\(client) begins a game of \(count) and gets a question") { play throws(Miss) in
            try play.enterQuiz(client, as: Play.player(client), questions: count)
            _ = try play.hearQuestion(on: client)
        }
    }

    /// A whole game: so many questions, and then the points.
    fileprivate static func playsQuiz(_ client: String, _ count: Int) -> Step {
        Step("\(client) plays for \(count): so many questions, then the points") {
            play throws(Miss) in
            try play.playQuiz(client, as: Play.player(client), questions: count)
        }
    }

    /// The points at the end are those that the server has told answer by answer, if it has. All
    /// players have begun before one of them answers.
    fileprivate static func reportsWhatItSaid(_ clients: [String], _ count: Int) -> Step {
        let who = clients.count == 1 ? "\(clients[0]) plays" : "A and B play at the same time"
        return Step("\(who): the points fit what was said about each answer") {
            play throws(Miss) in
            for client in clients {
                try play.enterQuiz(client, as: Play.player(client), questions: count)
            }
            var said: [String: String] = [:]
            for index in 0..<count {
                for (place, client) in clients.reversed().enumerated() {
                    let question = try play.hearQuestion(on: client)
                    if index > 0 { said[client, default: ""] += question.text + "\n" }
                    try play.answer(question, with: index + place, on: client)
                }
            }
            for client in clients {
                let report = try play.hearReport(of: count, on: client)
                guard let points = ((said[client] ?? "") + report).toldPoints(of: count),
                    !report.reports(points, of: count)
                else { continue }
                throw Miss(
                    wanted: "\(points), as the server said about the answers",
                    got: report.shownLine)
            }
        }
    }

    /// A whole game of one question, whose answer is the last thing that the client sends.
    fileprivate static func endsSendingWithItsAnswer(_ client: String) -> Step {
        Step("\(client) plays for 1, ends its sending, and gets the points") { play throws(Miss) in
            try play.enterQuiz(client, as: Play.player(client), questions: 1)
            let question = try play.hearQuestion(on: client)
            try play.answer(question, with: 0, on: client)
            try Step.halfCloses(client).perform(play)
            _ = try play.hearReport(of: 1, on: client)
        }
    }

    /// Games of one question, until one question was answered with each of its labels: at least
    /// one of them, and not all, must make a point.
    fileprivate static let givesPointsForRightAnswers = Step(
        "players answer one question in each way: a right answer makes a point, a wrong one none"
    ) { play throws(Miss) in
        do throws(Miss) {
            try play.tryAnswers(games: 60)
        } catch {
            guard play[TextForm.self].hasLines, !error.isJudges else { throw error }
            // A server may send lines, and yet take the line end for a part of the answer.
            play.startOver()
            play[TextForm.self].hasLines = false
            try play.startServer()
            guard (try? play.tryAnswers(games: 60)) != nil else { throw error }
        }
    }
}

extension Play {
    /// Whether the form of now leads to a question, with a line end or without.
    fileprivate func triesQuizForm() throws(Miss) -> Bool {
        // A wrong form may end the server; otherwise it serves the next connection.
        if programs["server"]?.ending != nil || port == 0 {
            startOver()
            try startServer()
        }
        defer {
            try? Step.leaves("A").perform(self)
            waitUntilAsleep()
        }
        self[TextForm.self].hasLines = false
        do throws(Miss) {
            try enterQuiz("A", as: "Alba", questions: 1)
            for isLine in [false, true] {
                if isLine, self[QuizForm.self].entry.count > 1 {
                    // Each of the messages needs its line end.
                    try Step.leaves("A").perform(self)
                    self[TextForm.self].hasLines = true
                    try enterQuiz("A", as: "Alba", questions: 1)
                } else if isLine {
                    try send([10], "a line end", on: "A")
                }
                guard try speaks("A") else { continue }
                _ = try hearQuestion(on: "A", within: patience / 4)
                return true
            }
        } catch {
            if error.isJudges { throw error }
        }
        return false
    }
}
