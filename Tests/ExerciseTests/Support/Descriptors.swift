import Foundation
import Synchronization
import TestSupport

/// How long anything in these tests may take before it counts as hung, in seconds.
///
/// Far above what a loaded machine needs: it turns a hang into a failure and decides nothing else.
/// It is a minute, unless the run has been given another patience.
let patience = Double(RunWatch.patience) / 5

/// Creates descriptors, and starts processes, so that none of the first leak into the second.
///
/// Tests run in parallel: a process that another test starts between a `pipe(2)` and its
/// `FD_CLOEXEC` would inherit the end and keep it open, and an end of stream would never come.
enum Descriptors {
    private static let lock = Mutex(())

    /// Runs `body` while no other thread creates a descriptor or starts a process.
    static func exclusively<Value: Sendable, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try lock.withLock { (_) throws(Failure) -> Value in try body() }
    }

    /// Returns the descriptor that `create` makes, closed in every process started later.
    static func make(_ operation: String, _ create: () -> Int32) throws(RawSocketError) -> Int32 {
        _ = preparation
        return try exclusively { () throws(RawSocketError) -> Int32 in
            let descriptor = create()
            guard descriptor >= 0 else { throw RawSocketError(operation) }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            return descriptor
        }
    }

    /// Returns the reading and the writing end of a new pipe.
    static func makePipe() throws(RawSocketError) -> (reading: Int32, writing: Int32) {
        _ = preparation
        return try exclusively { () throws(RawSocketError) -> (reading: Int32, writing: Int32) in
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw RawSocketError("pipe") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }
    }

    /// What this process needs before it creates its first descriptor, done once.
    private static let preparation: Void = {
        // Writing to a program that has gone must be an error here, not the end of the tests.
        _ = signal(SIGPIPE, SIG_IGN)
        // Whatever the runner left open here would be open in every program, and count there.
        for descriptor in Int32(3)..<1024 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var limit = rlimit()
        guard getrlimit(descriptorLimit, &limit) == 0, limit.rlim_cur < 4096 else { return }
        // Crowds of 200 in several tests at once do not fit under the usual limit of 1,024.
        limit.rlim_cur = min(limit.rlim_max, 4096)
        _ = setrlimit(descriptorLimit, &limit)
    }()
}

#if canImport(Darwin)
    private let descriptorLimit = RLIMIT_NOFILE
#else
    private let descriptorLimit = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#endif

/// Waits until `descriptor` is ready for `events`, at most until `deadline`.
///
/// - Parameter events: `POLLIN` or `POLLOUT`; an error or a hang-up counts as ready.
/// - Returns: Whether it became ready in time.
///
/// System call: `poll(2)`.
func isReady(_ descriptor: Int32, for events: Int32, by deadline: Date) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    while true {
        let milliseconds = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
        let count = poll(&entry, 1, milliseconds)
        if count > 0 { return true }
        if count == 0 { return false }
        guard errno == EINTR else { return false }
    }
}
