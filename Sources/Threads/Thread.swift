import CSystem
import Synchronization

/// Runs a function as a thread of its own, like Python's `threading.Thread`.
///
/// It runs beside the rest of the program, and ends when the function returns.
///
/// C function: `pthread_create(3)`. Sheet: Programming 2, Run Functions as Threads.
public final class Thread: @unchecked Sendable {
    /// Room for the thread's calls, in bytes.
    private let stackSize: Int
    /// Only the new thread touches it, once it runs.
    private var body: (() -> Void)?
    private let hasStarted = Atomic(false)
    private let ended = Semaphore(0)

    /// Makes a thread, which does nothing yet.
    ///
    /// - Parameter body: The function to run. The thread takes the values that it uses, such as a
    ///   socket: nobody else may use them any longer, unless they are made for several threads
    ///   (`Sendable`).
    public convenience init(_ body: sending @escaping () -> Void) {
        // Systems choose from 512 KiB to 8 MiB themselves. With 1 MiB, hundreds of threads fit.
        self.init(stackSize: 1 << 20, body)
    }

    init(stackSize: Int, _ body: sending @escaping () -> Void) {
        self.stackSize = stackSize
        self.body = body
    }

    /// Starts the thread, once.
    ///
    /// It runs to its end even if nobody joins it or keeps this object, but the program's end ends
    /// it.
    ///
    /// - Throws: `ThreadError` if the system has no room for one more; you may try again later.
    public func start() throws(ThreadError) {
        let (isFirst, _) = hasStarted.compareExchange(
            expected: false, desired: true, ordering: .relaxed)
        precondition(isFirst, "a thread can be started only once")
        let itself = Unmanaged.passRetained(self)
        let code = system_start_thread(
            { thread in
                if let thread { Unmanaged<Thread>.fromOpaque(thread).takeRetainedValue().run() }
                return nil
            }, itself.toOpaque(), stackSize)
        guard code != 0 else { return }
        itself.release()
        hasStarted.store(false, ordering: .relaxed)
        throw ThreadError(code: code)
    }

    /// Waits until the thread has ended; several may wait for the same one.
    public func join() {
        precondition(hasStarted.load(ordering: .relaxed), "the thread has not been started")
        ended.acquire()
        ended.release()
    }

    private func run() {
        body?()
        // Values that the function has used, such as a socket, are freed before `join` returns.
        body = nil
        ended.release()
    }
}
