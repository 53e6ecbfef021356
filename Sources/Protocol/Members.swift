/// Those who have come in, each under a name of their own, in the order they came.
///
/// A chat or a game: wherever people go by names, no two may have the same one.
public struct Members<Value> {
    /// Someone who is in.
    public struct Member {
        /// The number that the program knows them by.
        public let id: Int
        /// The name that nobody else has.
        public let name: String
        /// What the program keeps of them.
        public let value: Value
    }

    /// Everyone, first come first.
    public private(set) var all: [Member] = []

    private let rule: NameRule

    /// Makes an empty list for names that obey `rule`.
    public init(names rule: NameRule) {
        self.rule = rule
    }

    /// The member with this number, if there is one.
    public subscript(id: Int) -> Member? { all.first { $0.id == id } }

    /// Lets someone in under a name.
    ///
    /// - Returns: What is wrong with the name, or `nil` if all is well.
    public mutating func join(_ value: Value, id: Int, as name: TextLine) -> String? {
        if let problem = rule.problem(with: name) { return problem }
        if all.contains(where: { $0.name == name.text }) {
            return "the name '\(name.text)' is taken; choose another"
        }
        all.append(Member(id: id, name: name.text, value: value))
        return nil
    }

    /// Takes someone off the list.
    ///
    /// - Returns: Who it was, or `nil` if nobody had this number.
    @discardableResult
    public mutating func leave(_ id: Int) -> Member? {
        all.firstIndex { $0.id == id }.map { all.remove(at: $0) }
    }
}
