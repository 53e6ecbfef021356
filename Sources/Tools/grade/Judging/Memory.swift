/// Something that a play knows about the program: what it has said so far, and what it chose.
protocol Memory: Sendable {
    init()
}

/// What a program chose for good, such as its format: the cases that need this one know it, too.
protocol Finding: Memory {}

/// What is known about a program, one value of each type.
struct Findings: Sendable {
    private var values: [ObjectIdentifier: any Memory] = [:]
    /// What was found out, in the words of the report: `c i, native`.
    var words: [String] = []

    subscript<Value: Memory>(_ type: Value.Type) -> Value {
        get { values[ObjectIdentifier(type)] as? Value ?? Value() }
        set { values[ObjectIdentifier(type)] = newValue }
    }

    /// Forgets what a program has said, but not what it chose for good.
    mutating func forgetMemories() { values = values.filter { $1 is any Finding } }

    /// Adds the findings of another case.
    mutating func add(_ other: Findings) {
        values.merge(other.values.filter { $1 is any Finding }) { $1 }
        words += other.words.filter { !words.contains($0) }
    }
}
