import Synchronization

/// Numbers the clients of a server from 1, and prints `client 1 joined` and `client 1 left`.
///
/// For the servers that do not leave this to a `MessageServer`'s peers. Several threads may use the
/// same one: the lines come in the order of the numbers.
public final class Visitors: Sendable {
    private let count = Mutex(0)

    /// Starts with nobody.
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
