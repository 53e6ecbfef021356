import Synchronization

/// The names that have a password. In a message with a password, a trace may show such a name and
/// no other word.
final class RegisteredNames: Sendable {
    private let names = Mutex<Set<String>>([])

    func insert(_ name: String) { names.withLock { _ = $0.insert(name) } }

    func contains(_ name: String) -> Bool { names.withLock { $0.contains(name) } }
}
