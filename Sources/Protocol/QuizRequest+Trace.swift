/// What a trace shows of the quiz's messages: never a password, wherever somebody has typed it.
extension QuizRequest {
    /// Leaves out whatever may be a password in a message to the server.
    ///
    /// An answer and a `play` with its number are shown as they are. Of `register` and `login` there
    /// is the first word, and the name if it is registered: else it may be a password, too. Of all
    /// that is no valid request there is `play`, `register` or `login` if it begins so, and nothing
    /// else: a password may have been sent alone.
    ///
    /// - Parameters:
    ///   - limit: The largest number of questions; a larger one may be a password.
    ///   - isRegistered: Whether a name has a password.
    public static func shown(
        _ text: String, upTo limit: Int = 9_999, isRegistered: (String) -> Bool = { _ in false }
    ) -> String {
        let words = words(in: text)
        guard let first = words.first else { return text }
        switch try? QuizRequest(text) {
        case .answer: return text
        case .play(_, let count?) where (1...limit).contains(count): return text
        case .register(let name, _) where isRegistered(name),
            .login(let name, _) where isRegistered(name):
            return "\(first) \(name) ***"
        default:
            guard ["play", "register", "login"].contains(first.lowercased()) else { return "***" }
            return words.count == 1 ? first : "\(first) ***"
        }
    }

    /// Leaves out a password that is known in what a server has sent: one that is another exercise's
    /// may send it back.
    ///
    /// - Parameter password: Nil if none has been sent.
    public static func shown(_ text: String, without password: String?) -> String {
        guard let password, text.lowercased().contains(password.lowercased()) else { return text }
        return "***"
    }

    /// The password in it, if there is one.
    public var password: String? {
        switch self {
        case .register(_, let password), .login(_, let password): password
        case .play, .answer: nil
        }
    }
}
