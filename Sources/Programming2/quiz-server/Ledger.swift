/// A dictionary that can keep or undo its latest changes.
///
/// Both take time only for the changed values. A copy of the dictionary would take time for all
/// values.
struct Ledger<Key: Hashable, Value> {
    /// The values, with all changes.
    private(set) var values: [Key: Value] = [:]
    /// The old value of each changed key; nil if there was none.
    private var before: [Key: Value?] = [:]

    subscript(key: Key) -> Value? {
        get { values[key] }
        set {
            if !before.keys.contains(key) { before.updateValue(values[key], forKey: key) }
            values[key] = newValue
        }
    }

    /// Keeps the changes since the last call.
    mutating func keepChanges() {
        if !before.isEmpty { before.removeAll(keepingCapacity: true) }
    }

    /// Undoes the changes since the last call.
    mutating func takeBackChanges() {
        for (key, value) in before { values[key] = value }
        keepChanges()
    }
}
