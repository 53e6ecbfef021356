/// A dictionary whose changes are kept, or taken back again.
///
/// Either takes as long as there are changes, however much there is besides. A copy to fall back on
/// would take as long as there are values.
struct Ledger<Key: Hashable, Value> {
    /// What stands there, changes included.
    private(set) var values: [Key: Value] = [:]
    /// What stood there before the first change of it; nil where there was nothing.
    private var before: [Key: Value?] = [:]

    subscript(key: Key) -> Value? {
        get { values[key] }
        set {
            if !before.keys.contains(key) { before.updateValue(values[key], forKey: key) }
            values[key] = newValue
        }
    }

    /// Makes the changes since the last time lasting.
    mutating func keepChanges() {
        if !before.isEmpty { before.removeAll(keepingCapacity: true) }
    }

    /// Undoes the changes since the last time.
    mutating func takeBackChanges() {
        for (key, value) in before { values[key] = value }
        keepChanges()
    }
}
