import CSystem
import Synchronization

/// Runs a function as a thread of its own, like Python's `threading.Thread`.
///
/// It runs beside everything else the program does, and ends when the function returns.
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
    /// - Parameter body: What it is to do. Nobody else may use any longer what goes with it, such
    ///   as a socket, unless that is made for several threads (`Sendable`).
    public convenience init(_ body: sending @escaping () -> Void) {
        // Systems' own choices go from 512 KiB to 8 MiB; so much can be had hundreds of times.
        self.init(stackSize: 1 << 20, body)
    }

    init(stackSize: Int, _ body: sending @escaping () -> Void) {
        self.stackSize = stackSize
        self.body = body
    }

    /// Starts the thread, once.
    ///
    /// It goes on if nobody joins it or keeps this object, but not beyond the program's end.
    ///
    /// - Throws: `ThreadError` if the system has no room for one more; it may be tried again then.
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
        // What went with it, such as a socket, goes before the end is told.
        body = nil
        ended.release()
    }
}
