import CSystem

/// A value that several threads change and wait for.
///
/// C functions: `pthread_mutex_lock(3)`, `pthread_cond_timedwait(3)`.
final class Monitor<Value>: @unchecked Sendable {
    // The C library wants both at an address that never changes. The mutex guards `value`.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value

    init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        system_condition_init(changed)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Looks at the value.
    func look<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }

    /// Changes the value, and wakes all that wait.
    func change<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return body(&value)
    }

    /// Asks `probe` now and after every change until it returns something.
    ///
    /// - Returns: nil once the time has run out.
    func wait<Result>(until deadline: Deadline, for probe: (inout Value) -> Result?) -> Result? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = probe(&value) { return result }
            let rest = deadline.nanosecondsLeft
            if rest == 0 { return nil }
            system_condition_wait(changed, mutex, rest)
        }
    }
}

/// A point in time on a clock that only goes forward.
struct Deadline {
    private let nanoseconds: Int64

    /// The point in time after `duration`.
    ///
    /// System call: `clock_gettime(2)`.
    init(in duration: Duration) {
        // So long that it never comes, and so short that no sum overflows.
        let longest: Int64 = 1_000_000_000
        let (seconds, attoseconds) = duration.components
        let limited = min(max(seconds, 0), longest)
        let fraction = seconds < 0 ? 0 : attoseconds / 1_000_000_000
        nanoseconds = Self.now + limited * 1_000_000_000 + fraction
    }

    private static var now: Int64 {
        let time = system_monotonic_time()
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The time left, 0 if there is none.
    var nanosecondsLeft: Int64 { max(0, nanoseconds - Self.now) }

    var hasPassed: Bool { nanosecondsLeft == 0 }

    /// The time left for `poll(2)`, rounded up, and at most `limit`.
    func milliseconds(atMost limit: Int32) -> Int32 {
        Int32(min(Int64(limit), (nanosecondsLeft + 999_999) / 1_000_000))
    }
}
