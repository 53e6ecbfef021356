import Protocol

/// Who is in the chat, in the order they came.
struct Members<Value> {
    struct Member {
        let id: Int
        let name: String
        let value: Value
    }

    /// Everyone, first come first.
    private(set) var all: [Member] = []

    /// The member with this number, if there is one.
    subscript(id: Int) -> Member? { all.first { $0.id == id } }

    /// Lets someone in under a name.
    ///
    /// - Returns: What is wrong with the name, or `nil` if all is well.
    mutating func join(_ value: Value, id: Int, as name: TextLine) -> String? {
        if let problem = NameRule.chat.problem(with: name) { return problem }
        if all.contains(where: { $0.name == name.text }) {
            return "the name '\(name.text)' is taken; choose another"
        }
        all.append(Member(id: id, name: name.text, value: value))
        return nil
    }

    /// Takes someone off the list.
    ///
    /// - Returns: Who it was, or `nil` if nobody had this number.
    mutating func leave(_ id: Int) -> Member? {
        all.firstIndex { $0.id == id }.map { all.remove(at: $0) }
    }
}
