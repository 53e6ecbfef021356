import Foundation
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips the test, by name, where there is no python3.
    static var requiresPython: Self {
        .enabled(if: PythonPeer.isAvailable, "needs python3 for the naive peers")
    }

    /// Skips the test, by name, where there is no `::1`.
    static var requiresIPv6: Self {
        .enabled(if: RawServer.supportsIPv6, "needs the IPv6 loopback address")
    }
}

/// Whether the largest cases are to be run at full size, which takes longer than a test should:
/// with `SOCKET_LABS_FULL=1` in the environment.
let isFullRun = ProcessInfo.processInfo.environment["SOCKET_LABS_FULL"] == "1"
