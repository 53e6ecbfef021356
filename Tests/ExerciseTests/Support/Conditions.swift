import CTestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips the test, by name, where there is no python3.
    static var requiresPython: Self {
        .enabled(if: PythonPeer.isAvailable, "needs python3 for the naive peers")
    }

    /// Skips the test, by name, in a run under the thread sanitizer.
    static func withoutThreadSanitizer(because reason: Comment) -> Self {
        .disabled(if: under_thread_sanitizer(), reason)
    }

    /// Skips the test, by name, where there is no `::1`.
    static var requiresIPv6: Self {
        .enabled(if: RawServer.supportsIPv6, "needs the IPv6 loopback address")
    }

    /// Skips the test, by name, where this machine has no second loopback address.
    static var requiresSecondLoopback: Self {
        .enabled(if: RawServer.hasSecondLoopback, "needs the loopback address 127.0.0.2")
    }
}
