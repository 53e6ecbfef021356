import Console
import Protocol

/// The quiz: who plays, which question stands, what an answer is worth, and who is the best.
///
/// Its replies are promises: whoever has brought the new records to the disk keeps the changes and
/// sends the replies. If that fails, the changes are taken back, and nothing has happened.
struct Quiz {
    /// Why a request is not granted.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
        init(_ reason: String) { description = reason }
    }

    /// One connection's name, and whether a question stands there.
    struct Seat: Equatable {
        let name: String
        var isPlaying = false
    }

    private let questions: [Question]
    private let byFingerprint: [String: Question]
    private let chance: Chance
    var players = Players()
    private(set) var seats = Ledger<Int, Seat>()
    /// Where each connection comes from, and how many passwords have been looked at for it.
    var visitors: [Int: Visitor] = [:]
    var passwordShares = PasswordShares()
    /// Wrong passwords for a name, if there have been any.
    var attempts: [String: Attempts] = [:]
    /// The names that have a password.
    let registeredNames = RegisteredNames()
    /// What must be on the disk before the latest replies are sent, in order.
    private(set) var newRecords: [QuizRecord] = []

    /// Makes a quiz that nobody has played.
    ///
    /// - Parameters:
    ///   - questions: At least one, no two the same.
    ///   - chance: Gives each game its order.
    init(_ questions: [Question], chance: Chance) {
        self.questions = questions
        self.chance = chance
        byFingerprint = Dictionary(
            questions.map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many unfinished games cannot go on, since questions of theirs are no longer in the file.
    var lostGames: Int { players.unfinishedGames.count { !canGoOn($0) } }

    /// The name under which a connection plays.
    func name(of connection: Int) -> String? { seats[connection]?.name }

    /// Notes where a connection comes from.
    mutating func enter(_ connection: Int, from network: String) {
        visitors[connection] = Visitor(network: network)
    }

    /// Lets a connection go; its game waits for the name's return.
    mutating func leave(_ connection: Int) {
        if let name = seats[connection]?.name { players[name]?.connection = nil }
        seats[connection] = nil
        visitors[connection] = nil
        keepChanges()
    }

    /// Answers one message.
    ///
    /// - Parameters:
    ///   - now: The present moment, for the rest after wrong passwords.
    /// - Returns: The lines to send, at least one.
    mutating func reply(
        to line: TextLine, from connection: Int, at now: ContinuousClock.Instant
    ) -> [String] {
        do throws(Refusal) {
            guard line.isValidUTF8 else { throw Refusal("the message is not UTF-8") }
            if seats[connection]?.isPlaying == true {
                switch try? QuizRequest(line.text) {
                case .answer(let letter): return try answer(letter, from: connection)
                case .play(let name, let count):
                    return try play(as: name, count, from: connection)
                default: throw Refusal("answer with a, b, c or d")
                }
            }
            switch try request(in: line) {
            case .play(let name, let count): return try play(as: name, count, from: connection)
            case .register(let name, let password):
                return try register(name, password, from: connection, at: now)
            case .login(let name, let password):
                return try logIn(name, password, from: connection, at: now)
            case .answer: throw Refusal("there is no question yet; send play <name> <n>")
            }
        } catch {
            return ["error: \(error)"]
        }
    }

    private func request(in line: TextLine) throws(Refusal) -> QuizRequest {
        do throws(ProtocolError) {
            return try QuizRequest(line.text)
        } catch {
            throw Refusal(error.description)
        }
    }
}

// MARK: Playing

extension Quiz {
    private mutating func play(
        as givenName: String?, _ count: Int?, from connection: Int
    ) throws(Refusal) -> [String] {
        let seated = seats[connection]?.name
        guard let name = givenName ?? seated else {
            throw Refusal("send play <name> <n>, or login <name> <password> first")
        }
        try checkSeat(of: connection, for: name)
        if seated == nil {
            guard players[name]?.password == nil else {
                throw Refusal("\(name) is registered; send login \(name) <password> first")
            }
            try checkFree(name, for: connection)
        }
        if !(players[name]?.game.map(canGoOn) ?? false) {
            guard let count, (1...questions.count).contains(count) else {
                throw Refusal("the number of questions is 1 to \(questions.count)")
            }
            let order = chance.shuffled(questions).prefix(count).map(\.fingerprint)
            let isNew = players[name] == nil
            store(.game(name: name, fingerprints: order))
            if isNew { players[name]?.founder = connection }
        }
        seat(connection, as: name, isPlaying: true)
        return standingQuestion(of: name)?.lines ?? []
    }

    private mutating func answer(
        _ letter: Int, from connection: Int
    ) throws(Refusal) -> [String] {
        guard let name = seats[connection]?.name, let asked = standingQuestion(of: name) else {
            throw Refusal("there is no question yet; send play <n>")
        }
        let isRight = letter == asked.question.right
        store(.answer(name: name, number: asked.number, isRight: isRight))
        let verdict =
            isRight ? "correct" : "wrong: \(QuizRequest.letters[asked.question.right])"
        if let next = standingQuestion(of: name) { return [verdict] + next.lines }
        seat(connection, as: name)
        return [verdict] + result(of: name)
    }

    /// The question that waits for the name's answer, unless the game is over.
    private func standingQuestion(
        of name: String
    ) -> (question: Question, number: Int, lines: [String])? {
        guard let game = players[name]?.game, !game.isFinished,
            let question = byFingerprint[game.questions[game.answered]]
        else { return nil }
        let number = game.answered + 1
        return (question, number, question.lines(number: number, of: game.questions.count))
    }

    /// Whether there is something left to ask, and all of it is still in the file.
    private func canGoOn(_ game: Game) -> Bool {
        !game.isFinished && game.questions[game.answered...].allSatisfy { byFingerprint[$0] != nil }
    }

    /// What is told at the end of a game: its points, and how the name's best compares.
    private func result(of name: String) -> [String] {
        guard let game = players[name]?.game, let (rank, count) = players.rank(of: name) else {
            return []
        }
        return ["score \(game.share)", "rank \(rank) of \(count)"]
    }

    /// Two connections may not play one name: each would get the other's questions.
    func checkFree(_ name: String, for connection: Int) throws(Refusal) {
        guard players[name]?.connection.map({ $0 == connection }) ?? true else {
            throw Refusal("\(name) is playing on another connection")
        }
    }

    /// A connection keeps its name. The other one is not repeated: it may be a password.
    func checkSeat(of connection: Int, for name: String) throws(Refusal) {
        guard let seated = seats[connection]?.name, seated != name else { return }
        throw Refusal("this connection plays as \(seated); open another one for another name")
    }

    mutating func seat(_ connection: Int, as name: String, isPlaying: Bool = false) {
        seats[connection] = Seat(name: name, isPlaying: isPlaying)
        players[name]?.connection = connection
    }
}

// MARK: What is kept

extension Quiz {
    /// Takes up a record that an earlier run has kept.
    ///
    /// - Throws: `Refusal` for one that could not have been written after those before it.
    mutating func restore(_ text: String) throws(Refusal) {
        guard let record = QuizRecord(text), players.apply(record) else {
            throw Refusal("the record does not fit those before it")
        }
        newRecords = [record]
        keepChanges()
    }

    /// Acts by a record, as a server will that is started on it later.
    mutating func store(_ record: QuizRecord) {
        newRecords.append(record)
        _ = players.apply(record)
    }

    /// Makes lasting what has been replied since the last time: the new records are on the disk.
    mutating func keepChanges() {
        for case .registered(let name, _) in newRecords { registeredNames.insert(name) }
        newRecords = []
        players.keepChanges()
        seats.keepChanges()
    }

    /// Undoes what has been replied since the last time: the new records could not be written.
    ///
    /// Passwords that have been looked at stay counted: the time is gone.
    mutating func takeBackChanges() {
        newRecords = []
        players.takeBackChanges()
        seats.takeBackChanges()
    }
}
