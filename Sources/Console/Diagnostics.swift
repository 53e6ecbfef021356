import CSystem
import Synchronization

/// Writes `guess-server: text` as one line to standard error, and never fails.
///
/// It waits no longer than a moment: while nobody reads standard error, lines are dropped, and their
/// number is told before the next line that is taken.
///
/// - Parameter text: What happened, to whom, and what to do about it; no line end.
///
/// System call: `write(2)`.
public func diagnose(_ text: String) {
    standardError.withLock { $0.write(text) }
}

/// Tells how many diagnostics were dropped, if standard error takes anything again.
func tellDroppedDiagnostics() {
    standardError.withLock { $0.tellDropped() }
}

private let standardError = Mutex(StandardError())

/// Standard error, which never holds a program up.
private struct StandardError {
    /// What has not been taken of the line that was written last.
    private var rest: ArraySlice<UInt8> = []
    private var droppedCount = 0
    /// Nobody has read since a line was waited for in vain.
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

    /// Goes on with the line that was begun: a line is written whole, however late.
    private mutating func writeRest() {
        while !rest.isEmpty {
            // A reader that is only slow is waited for, once; from then on there is no more waiting.
            isStuck = !isReady(STDERR_FILENO, within: isStuck ? 0 : 500)
            if isStuck { return }
            if writeAtOnce(&rest, to: STDERR_FILENO) != 0 { rest = [] }
        }
    }
}
