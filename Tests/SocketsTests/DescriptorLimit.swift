import Foundation
import Testing

/// How many descriptors this process may have.
enum DescriptorLimit {
    /// The most it may be raised to.
    static var most: Int {
        var limit = rlimit()
        getrlimit(limitOfFiles, &limit)
        return Int(clamping: limit.rlim_max)
    }

    /// Makes it at least `count`.
    static func raise(to count: Int) throws {
        var limit = rlimit()
        getrlimit(limitOfFiles, &limit)
        try set(to: max(limit.rlim_cur, rlim_t(count)))
    }

    /// Sets a limit so that no descriptor can be opened; returns the old limit.
    ///
    /// Open descriptors stay open. To use up all descriptors would not be enough: the libraries'
    /// own threads close files now and then, and would leave a gap.
    static func exhaust() throws -> rlim_t {
        var limit = rlimit()
        getrlimit(limitOfFiles, &limit)
        // Three are always taken, and poll(2) must be able to watch as many.
        try set(to: 3)
        return limit.rlim_cur
    }

    static func set(to count: rlim_t) throws {
        var limit = rlimit()
        getrlimit(limitOfFiles, &limit)
        limit.rlim_cur = count
        try #require(setrlimit(limitOfFiles, &limit) == 0)
    }
}

#if canImport(Glibc)
    private let limitOfFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
    private let limitOfFiles = RLIMIT_NOFILE
#endif
