import CSystem

/// The wait before each message: always the same, or drawn anew each time.
public struct Delay: Equatable, Sendable, CustomStringConvertible {
    /// The shortest and the longest wait, in seconds.
    public let range: ClosedRange<Double>

    /// Makes a delay that is drawn from `range`, in seconds.
    public init(_ range: ClosedRange<Double>) {
        self.range = range
    }

    /// Reads `<seconds>` or `<min>-<max>`: `2`, `0.5-1.5`.
    ///
    /// - Throws: An error; its description says which values are allowed.
    public init(_ text: String) throws {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let last = parts.last, !first.isEmpty,
            !last.isEmpty
        else { throw ValueError("'\(text)' is not <seconds> or <min>-<max>") }
        let (least, most) = (try seconds(first), try seconds(last))
        guard least <= most else {
            throw ValueError("'\(text)' begins with the longer wait; write <min>-<max>")
        }
        self.init(least...most)
    }

    /// Draws the next wait.
    ///
    /// It draws a number even if there is only one wait to choose: so the other random choices of
    /// the same seed do not depend on the delay.
    public func next(_ chance: Chance) -> Duration {
        chance.seconds(in: range)
    }

    /// `2`, or `1-5`.
    public var description: String {
        let (least, most) = (decimal(range.lowerBound), decimal(range.upperBound))
        return least == most ? least : "\(least)-\(most)"
    }
}

/// Waits for `duration`, even if signals come; does not wait if it is zero or less.
///
/// System call: `nanosleep(2)`.
public func sleep(for duration: Duration) {
    guard duration > .zero else { return }
    let (seconds, attoseconds) = duration.components
    var wanted = timespec()
    wanted.tv_sec = .init(clamping: seconds)
    wanted.tv_nsec = .init(attoseconds / 1_000_000_000)
    var rest = timespec()
    while nanosleep(&wanted, &rest) != 0, system_errno() == EINTR {
        wanted = rest
    }
}
