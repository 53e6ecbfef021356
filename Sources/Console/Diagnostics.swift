import CSystem
import Synchronization

/// Writes `guess-server: text` as one line to standard error, and never fails.
///
/// It waits for half a second at most. While nobody reads standard error, lines are dropped, and
/// their number is told before the next line that is written.
///
/// - Parameter text: The event, the peer, and a way out; no line end.
///
/// System call: `write(2)`.
public func diagnose(_ text: String) {
    standardError.withLock { $0.write(text) }
}

/// Tells how many diagnostics were dropped, if standard error has room again.
func tellDroppedDiagnostics() {
    standardError.withLock { $0.tellDropped() }
}

private let standardError = Mutex(StandardError())

/// Standard error. It never holds a program up.
private struct StandardError {
    /// The part of the last line that is not written yet.
    private var rest: ArraySlice<UInt8> = []
    private var droppedCount = 0
    /// A line has waited in vain, and nobody has read since.
    private var isStuck = false

    mutating func write(_ text: String) {
        tellDropped()
        if rest.isEmpty { begin(text) } else { droppedCount += 1 }
    }

    mutating func tellDropped() {
        writeRest()
        guard rest.isEmpty, droppedCount > 0 else { return }
        let (were, them) = droppedCount == 1 ? (" was", "it") : ("s were", "them")
        let note = "\(droppedCount) diagnostic\(were) dropped: standard error did not take \(them)"
        droppedCount = 0
        begin(note)
    }

    private mutating func begin(_ text: String) {
        rest = Array("\(currentProgramName): \(text)\n".utf8)[...]
        writeRest()
    }

    /// Writes the rest of the last line: a line is always written whole, even if late.
    private mutating func writeRest() {
        while !rest.isEmpty {
            // Wait once, for a slow reader; after that, wait no more.
            isStuck = !isReady(STDERR_FILENO, for: POLLOUT, within: isStuck ? 0 : 500)
            if isStuck { return }
            if writeAtOnce(&rest, to: STDERR_FILENO) != 0 { rest = [] }
        }
    }
}
