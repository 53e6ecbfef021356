/// The members of a chat or a game, each with a name of their own, in the order in which they came.
///
/// No two members may have the same name.
public struct Members<Value> {
    /// A member.
    public struct Member {
        /// The number that the program knows them by.
        public let id: Int
        /// The member's name; nobody else has it.
        public let name: String
        /// The data that the program keeps for them.
        public let value: Value
    }

    /// All members, in the order in which they came.
    public private(set) var all: [Member] = []

    private let rule: NameRule

    /// Makes an empty list for names that obey `rule`.
    public init(names rule: NameRule) {
        self.rule = rule
    }

    /// The member with this number, if there is one.
    public subscript(id: Int) -> Member? { all.first { $0.id == id } }

    /// Adds a member with a name.
    ///
    /// - Returns: The error in the name, or `nil` if it is good.
    public mutating func join(_ value: Value, id: Int, as name: TextLine) -> String? {
        if let problem = rule.problem(with: name) { return problem }
        if all.contains(where: { $0.name == name.text }) {
            return "the name '\(name.text)' is taken; choose another"
        }
        all.append(Member(id: id, name: name.text, value: value))
        return nil
    }

    /// Removes a member.
    ///
    /// - Returns: The member, or `nil` if nobody had this number.
    @discardableResult
    public mutating func leave(_ id: Int) -> Member? {
        all.firstIndex { $0.id == id }.map { all.remove(at: $0) }
    }
}
