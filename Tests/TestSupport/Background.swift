import Foundation
import Synchronization

/// Work in a thread of its own: for the other end of a conversation that blocks.
///
/// A wait there holds up no other test. On one of the few threads that all tests share, it would.
public final class Background<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let end = DispatchSemaphore(value: 0)

    /// Starts `work`.
    public init(_ work: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread { [self] in
            let outcome = Result { try work() }
            result.withLock { $0 = outcome }
            end.signal()
        }
    }

    /// Waits for the work's end.
    ///
    /// - Throws: The error of the work.
    public func value() throws -> Value? {
        end.wait()
        return try result.withLock { $0 }?.get()
    }
}

/// Carries a value that is not sendable, such as a socket, to the one thread that uses it.
public struct UncheckedSendable<Value>: @unchecked Sendable {
    /// The value carried.
    public let value: Value

    /// Takes the value over.
    public init(_ value: Value) { self.value = value }
}
