import Console
import Protocol

/// The quiz: the players, the open questions, the points, and the ranks.
///
/// A reply is a promise. So the caller first writes the new records to the disk, then calls
/// `keepChanges` and sends the replies. If the disk fails, it calls `takeBackChanges`, and nothing
/// has happened.
struct Quiz {
    /// The reason why a request is refused.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
        init(_ reason: String) { description = reason }
    }

    /// A connection's name, and whether a question is open there.
    struct Seat: Equatable {
        let name: String
        var isPlaying = false
    }

    private let questions: [Question]
    private let byFingerprint: [String: Question]
    private let chance: Chance
    var players = Players()
    private(set) var seats = Ledger<Int, Seat>()
    /// The network of each connection, and the number of its passwords that were checked.
    var visitors: [Int: Visitor] = [:]
    var passwordShares = PasswordShares()
    /// The wrong passwords for each name.
    var attempts: [String: Attempts] = [:]
    /// The names that have a password.
    let registeredNames = RegisteredNames()
    /// The records that must be on the disk before the latest replies are sent, in order.
    private(set) var newRecords: [QuizRecord] = []

    /// Makes a quiz that nobody has played.
    ///
    /// - Parameters:
    ///   - questions: At least one, no two the same.
    ///   - chance: Chooses the order of each game's questions.
    init(_ questions: [Question], chance: Chance) {
        self.questions = questions
        self.chance = chance
        byFingerprint = Dictionary(
            questions.map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The number of unfinished games that cannot go on, because some of their questions are no
    /// longer in the file.
    var lostGames: Int { players.unfinishedGames.count { !canGoOn($0) } }

    /// The name under which a connection plays.
    func name(of connection: Int) -> String? { seats[connection]?.name }

    /// Notes the network of a new connection.
    mutating func enter(_ connection: Int, from network: String) {
        visitors[connection] = Visitor(network: network)
    }

    /// Forgets a connection; its game waits until the name comes back.
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

    /// The open question of a name, if its game is not over.
    private func standingQuestion(
        of name: String
    ) -> (question: Question, number: Int, lines: [String])? {
        guard let game = players[name]?.game, !game.isFinished,
            let question = byFingerprint[game.questions[game.answered]]
        else { return nil }
        let number = game.answered + 1
        return (question, number, question.lines(number: number, of: game.questions.count))
    }

    /// Whether the game has questions left, and all of them are still in the file.
    private func canGoOn(_ game: Game) -> Bool {
        !game.isFinished && game.questions[game.answered...].allSatisfy { byFingerprint[$0] != nil }
    }

    /// The lines at the end of a game: its points, and the rank of the name's best game.
    private func result(of name: String) -> [String] {
        guard let game = players[name]?.game, let (rank, count) = players.rank(of: name) else {
            return []
        }
        return ["score \(game.share)", "rank \(rank) of \(count)"]
    }

    /// Refuses a name that another connection plays: each would get questions meant for the other.
    func checkFree(_ name: String, for connection: Int) throws(Refusal) {
        guard players[name]?.connection.map({ $0 == connection }) ?? true else {
            throw Refusal("\(name) is playing on another connection")
        }
    }

    /// Refuses another name, because a connection keeps its name. The error does not repeat the new
    /// word, which may be a password.
    func checkSeat(of connection: Int, for name: String) throws(Refusal) {
        guard let seated = seats[connection]?.name, seated != name else { return }
        throw Refusal("this connection plays as \(seated); open another one for another name")
    }

    mutating func seat(_ connection: Int, as name: String, isPlaying: Bool = false) {
        seats[connection] = Seat(name: name, isPlaying: isPlaying)
        players[name]?.connection = connection
    }
}

// MARK: Keeping records

extension Quiz {
    /// Applies a record of an earlier run.
    ///
    /// - Throws: `Refusal` for a record that does not fit the records before it.
    mutating func restore(_ text: String) throws(Refusal) {
        guard let record = QuizRecord(text), players.apply(record) else {
            throw Refusal("the record does not fit those before it")
        }
        newRecords = [record]
        keepChanges()
    }

    /// Applies a new record, just as a later run will.
    mutating func store(_ record: QuizRecord) {
        newRecords.append(record)
        _ = players.apply(record)
    }

    /// Keeps the changes since the last call: the new records are on the disk.
    mutating func keepChanges() {
        for case .registered(let name, _) in newRecords { registeredNames.insert(name) }
        newRecords = []
        players.keepChanges()
        seats.keepChanges()
    }

    /// Undoes the changes since the last call: the new records could not be written.
    ///
    /// Checked passwords stay counted, because their time has been spent.
    mutating func takeBackChanges() {
        newRecords = []
        players.takeBackChanges()
        seats.takeBackChanges()
    }
}
