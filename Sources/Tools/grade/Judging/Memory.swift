/// Something that a play knows about the program: what it chose, or what it has said so far.
protocol Memory: Sendable {
    init()
}

/// What is known about a program, one value of each type.
struct Findings: Sendable {
    private var values: [ObjectIdentifier: any Memory] = [:]
    /// What was found out, in the words of the report: `c i, native`.
    var words: [String] = []

    subscript<Value: Memory>(_ type: Value.Type) -> Value {
        get { values[ObjectIdentifier(type)] as? Value ?? Value() }
        set { values[ObjectIdentifier(type)] = newValue }
    }

    /// Adds the findings of another case.
    mutating func add(_ other: Findings) {
        values.merge(other.values) { $1 }
        words += other.words.filter { !words.contains($0) }
    }
}
