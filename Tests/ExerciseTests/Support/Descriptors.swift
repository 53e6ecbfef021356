import Foundation
import TestSupport

/// The longest time of any step in these tests, in seconds; a longer one counts as a hang.
///
/// It is far more than a busy machine needs: it only turns a hang into a failure. It is a minute,
/// if the run has not been given another patience.
let patience = Double(RunWatch.patience) / 5

/// Creates descriptors for this process alone.
enum Descriptors {
    /// Returns the descriptor that `create` makes, closed in every process started later.
    static func make(_ operation: String, _ create: () -> Int32) throws(RawSocketError) -> Int32 {
        prepare()
        let descriptor = create()
        guard descriptor >= 0 else { throw RawSocketError(operation) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// Prepares this process, before it creates its first descriptor or starts its first program.
    static func prepare() {
        _ = preparation
    }

    private static let preparation: Void = {
        // Writing to a program that has gone must be an error here, not the end of the tests.
        _ = signal(SIGPIPE, SIG_IGN)
        // Descriptors that the runner has left open would be open in every program, and count
        // there.
        for descriptor in Int32(3)..<1024 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var limit = rlimit()
        guard getrlimit(descriptorLimit, &limit) == 0, limit.rlim_cur < 4096 else { return }
        // The usual limit of 1,024 is too low for crowds of 200 in several tests at once.
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
