/// A rule for names: it keeps a name apart from the text after it.
public struct NameRule: Sendable {
    /// The rule of the chat: no brackets, for they enclose the name there.
    public static let chat = NameRule(without: "[]", called: "brackets")

    private let forbidden: String
    private let calledForbidden: String
    private let limit: Int
    private let reserved: [String]
    private let isReservedInAnyCase: Bool

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - forbidden: The characters that a name may not hold.
    ///   - calledForbidden: Their name, to finish the sentence "a name holds no".
    ///   - limit: The most characters, counted as Unicode scalars.
    ///   - reserved: Words that cannot be names, because they have a meaning in the name's place.
    ///   - inAnyCase: Whether a reserved word cannot be a name in capitals either.
    public init(
        without forbidden: String, called calledForbidden: String, limit: Int = 32,
        reserved: [String] = [], inAnyCase: Bool = false
    ) {
        self.forbidden = forbidden
        self.calledForbidden = calledForbidden
        self.limit = limit
        self.reserved = inAnyCase ? reserved.map { $0.lowercased() } : reserved
        isReservedInAnyCase = inAnyCase
    }

    /// Returns the error in a name, or `nil` for a good one.
    ///
    /// It does not know whether the name is free; see `Members`.
    public func problem(with name: TextLine) -> String? {
        let scalars = name.text.unicodeScalars
        if !name.isValidUTF8 { return "the name is not UTF-8" }
        if scalars.isEmpty { return "the name is empty" }
        if scalars.count > limit { return "a name has at most \(limit) characters" }
        if !scalars.allSatisfy(\.isPrintable) { return "a name holds only printable characters" }
        if scalars.contains(where: forbidden.unicodeScalars.contains) {
            return "a name holds no \(calledForbidden)"
        }
        if reserved.contains(isReservedInAnyCase ? name.text.lowercased() : name.text) {
            return "'\(name.text)' is not free to be a name; choose another"
        }
        return nil
    }

    /// Checks a name that the user has typed.
    ///
    /// - Throws: `ProtocolError` with the error in the name.
    public func check(_ name: String) throws(ProtocolError) {
        if let problem = problem(with: TextLine(name)) { throw ProtocolError(problem) }
    }
}
