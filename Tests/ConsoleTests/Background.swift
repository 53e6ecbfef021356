import Foundation
import Synchronization

/// Work on a thread of its own, for waiting there holds up no other test.
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
