import Synchronization

/// Numbers the clients of a server from 1, and prints `client 1 joined` and `client 1 left`.
///
/// Servers without a `MessageServer` use it, for its peers do the same. Several threads may use the
/// same one: the lines come in the order of the numbers.
public final class Visitors: Sendable {
    private let count = Mutex(0)

    /// Starts with no clients.
    public init() {}

    /// Prints that one more client has joined.
    ///
    /// - Returns: Its number, which is never used again.
    public func join() -> Int {
        count.withLock { count in
            count += 1
            print("client \(count) joined")
            return count
        }
    }

    /// Prints that the client with this number has left.
    public func leave(_ number: Int) { print("client \(number) left") }
}
