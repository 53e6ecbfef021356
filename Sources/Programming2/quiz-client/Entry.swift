import Console
import Protocol

/// The player's name, password and number of questions, from the command line or the input.
struct Entry {
    let name: String?
    let count: String?
    /// Whether the player registers or logs in: then a password is needed.
    let registers: Bool
    let logsIn: Bool
    let keyboard: Keyboard

    /// The requests that lead to the first question. It asks for name, password and count in this
    /// order.
    ///
    /// - Throws: `UsageError` for values that no server would accept.
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

    /// A new request from a person, in place of a request that the server has refused.
    ///
    /// - Returns: `nil` if there is no person to ask, or nothing to ask again.
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

    /// The error of a refusal, for a user who has not typed the request but started this program.
    func failure(of refused: QuizRequest, after error: String) -> ProtocolError {
        switch refused {
        case .play(let name?, _) where error.contains("is registered"),
            .register(let name, _) where error.contains("is registered"):
            ProtocolError("\(name) is registered; if the name is yours, start again with --login")
        default: ProtocolError(error.escaped)
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

    /// Only the server knows the greatest number; it has 30 questions if it was given no file.
    private func number(_ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw UsageError("<n>: '\(text)' is not a number of questions")
        }
        return number
    }
}
