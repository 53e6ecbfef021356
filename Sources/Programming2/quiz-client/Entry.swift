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
            guard let name = try name ?? keyboard.askOnTerminal("Name: ") else {
                throw UsageError("no name was given, and input has ended")
            }
            _ = try QuizRequest.checkedName(name)
            let password = registers || logsIn ? try password() : nil
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

    /// Asks twice for a new password that somebody types without seeing it.
    private func password() throws -> String {
        guard let password = try keyboard.askPassword("Password: ") else {
            throw UsageError("no password was given, and input has ended")
        }
        if registers, Keyboard.isInteractive,
            try keyboard.askPassword("Once more: ") != password
        {
            throw Exit(code: 1, "the two passwords are not the same")
        }
        return try QuizRequest.checkedPassword(password)
    }

    private func numberOfQuestions() throws -> Int {
        guard let text = try count ?? keyboard.askOnTerminal("Number of questions: ") else {
            throw UsageError("no number of questions was given, and input has ended")
        }
        guard let number = Int(text), number > 0 else {
            throw UsageError("<n>: '\(text)' is not a number of questions")
        }
        return number
    }
}
