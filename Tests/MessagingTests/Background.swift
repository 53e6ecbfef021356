import Foundation
import Synchronization

/// Work on a thread of its own, for the other end of a conversation that blocks.
final class Background<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let end = DispatchSemaphore(value: 0)

    init(_ work: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread { [self] in
            let outcome = Result { try work() }
            result.withLock { $0 = outcome }
            end.signal()
        }
    }

    /// Waits for the work's end.
    func value() throws -> Value? {
        end.wait()
        return try result.withLock { $0 }?.get()
    }
}

/// Carries a socket to the one thread that uses it.
struct UncheckedSendable<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}
