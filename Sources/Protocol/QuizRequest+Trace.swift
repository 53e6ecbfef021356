/// The quiz's messages in a trace: never with a password, even if a user has typed it in a wrong
/// place.
extension QuizRequest {
    /// Leaves out all words that may be a password in a message to the server.
    ///
    /// An answer, and a `play` with its number, are shown as they are. Of `register` and `login`
    /// the first word is shown, and the name if it is registered: otherwise it may be a password,
    /// too. Of any other message only the first word is shown, if it is `play`, `register` or
    /// `login`: the rest may be a password.
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

    /// Leaves a known password out of a server's message: the server of another exercise may send
    /// it back.
    ///
    /// - Parameter password: Nil if no password has been sent.
    public static func shown(_ text: String, without password: String?) -> String {
        guard let password, text.lowercased().contains(password.lowercased()) else { return text }
        return "***"
    }

    /// The password in the request, if there is one.
    public var password: String? {
        switch self {
        case .register(_, let password), .login(_, let password): password
        case .play, .answer: nil
        }
    }
}
