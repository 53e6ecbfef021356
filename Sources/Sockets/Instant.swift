import CSystem

/// A moment on a clock that only goes forward, for deadlines.
///
/// System call: `clock_gettime(2)` with `CLOCK_MONOTONIC`.
public struct Instant: Comparable, Sendable {
    private var nanoseconds: Int64

    /// The present moment.
    public static var now: Instant {
        let time = system_monotonic_time()
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// A moment that never comes.
    public static let distantFuture = Instant(nanoseconds: .max)

    /// The moment `duration` after `instant`; `distantFuture` if that is too far away to be stored.
    public static func + (instant: Instant, duration: Duration) -> Instant {
        let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return Instant(nanoseconds: overflow ? .max : sum)
    }

    /// The time from `right` to `left`, negative if `left` came first.
    public static func - (left: Instant, right: Instant) -> Duration {
        .nanoseconds(left.nanoseconds - right.nanoseconds)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension Duration {
    /// The duration in whole nanoseconds, at most some 292 years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds < 9_000_000_000 else { return .max }
        guard seconds > -9_000_000_000 else { return .min }
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// The duration for `poll(2)` and `epoll_wait(2)`: milliseconds rounded up, so that no wait
    /// ends just before its deadline and has to be repeated at once.
    var milliseconds: Int32 { Int32(clamping: (microseconds + 999) / 1_000) }

    /// The duration for `select(2)`: microseconds rounded up, not below 0 and at most some 10
    /// years.
    var microseconds: Int64 {
        let bounded = min(max(nanoseconds, 0), 315_000_000_000_000_000)
        return (bounded + 999) / 1_000
    }
}
