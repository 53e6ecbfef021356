import Console
import Protocol

/// What the player wants: from the command line, or else from the input.
struct Entry {
    let name: String?
    let count: String?
    /// Whether a password is needed, to take the name or to show whose it is.
    let registers: Bool
    let logsIn: Bool
    let keyboard: Keyboard

    /// What must be sent for the first question. Name, password and count are asked for in this
    /// order.
    ///
    /// - Throws: `UsageError` for what no server would accept.
    func requests() throws -> [QuizRequest] {
        do {
            guard
                let name = try name
                    ?? keyboard.askOnTerminal("Name: ", check: QuizRequest.checkedName)
            else { throw UsageError("no name was given, and input has ended") }
            _ = try QuizRequest.checkedName(name)
            let password =
                registers || logsIn ? try password(again: registers ? "Once more: " : nil) : nil
            let play = QuizRequest.play(
                name: password == nil ? name : nil, count: try numberOfQuestions())
            guard let password else { return [play] }
            let login = QuizRequest.login(name: name, password: password)
            guard registers else { return [login, play] }
            return [.register(name: name, password: password), login, play]
        } catch let error as ProtocolError {
            throw UsageError(error.description)
        }
    }

    /// What a person wants to send in place of a request that the server has refused.
    ///
    /// - Returns: `nil` if nobody was asked for what was wrong.
    func request(inPlaceOf refused: QuizRequest, after error: String) throws -> QuizRequest? {
        guard Keyboard.isInteractive else { return nil }
        switch refused {
        case .login(let name, _) where !registers:
            diagnose(QuizRequest.shown(error, without: refused.password).escaped)
            return .login(name: name, password: try password())
        case .play(let name, _) where count == nil && error.contains("number of questions"):
            diagnose(error.escaped)
            return .play(name: name, count: try numberOfQuestions())
        default: return nil
        }
    }

    private func password(again: String? = nil) throws -> String {
        let password = try keyboard.askPassword(
            "Password: ", again: again, check: QuizRequest.checkedPassword)
        guard let password else { throw UsageError("no password was given, and input has ended") }
        return try QuizRequest.checkedPassword(password)
    }

    private func numberOfQuestions() throws -> Int {
        let typed = { try keyboard.askOnTerminal("Number of questions, 1 to 30: ", check: number) }
        guard let text = try count ?? typed() else {
            throw UsageError("no number of questions was given, and input has ended")
        }
        return try number(text)
    }

    /// How many there are at most, only the server knows; it has 30 unless it was given others.
    private func number(_ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw UsageError("<n>: '\(text)' is not a number of questions")
        }
        return number
    }
}
