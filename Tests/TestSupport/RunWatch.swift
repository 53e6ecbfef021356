import Foundation
import Synchronization

/// Ends a run of the tests that stands still, names the tests under way, and counts what was skipped.
///
/// A time limit of Swift Testing's is no help there: it notes that the time is over, but ends no
/// thread that waits in a system call, and does not even note it while all threads wait so.
public enum RunWatch {
    /// The processes that the tests have started and not reaped: they end with the run.
    public static let processes = Mutex<Set<pid_t>>([])

    /// How long no test may start or end, in seconds: as long as several of the tests' waits.
    private static let patience = setting("SOCKET_LABS_TEST_PATIENCE") ?? 300

    /// How many tests run at once, as CTestSupport has told Swift Testing.
    private static let places = setting("SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH") ?? 4

    /// Tests that have started and not ended, in their order.
    private static let underWay = Mutex<[String]>([])
    private static let skippedCount = Mutex(0)
    private static let runEnd = DispatchSemaphore(value: 0)

    /// Reads the events of the run until it has ended, or is to be ended.
    fileprivate static func watch(_ events: Int32) {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while isReadable(events, by: Date(timeIntervalSinceNow: Double(patience))) {
            let count = max(0, read(events, &buffer, buffer.count))
            for byte in buffer.prefix(count) {
                if byte != UInt8(ascii: "\n") {
                    line.append(byte)
                } else {
                    if let event = RunEvent(line) { note(event) }
                    line = []
                }
            }
        }
        endRun()
    }

    private static func isReadable(_ descriptor: Int32, by deadline: Date) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&entry, 1, Int32(max(0, deadline.timeIntervalSinceNow) * 1_000))
            // A process that was stopped and continued sees an interruption here.
            if count >= 0 || errno != EINTR { return count > 0 }
        }
    }

    private static func note(_ event: RunEvent) {
        switch event.kind {
        case "testStarted": underWay.withLock { $0.append(event.test) }
        case "testEnded": underWay.withLock { $0.removeAll { $0 == event.test } }
        case "testSkipped": skippedCount.withLock { $0 += 1 }
        case "runEnded": runEnd.signal()
        default: break
        }
    }

    private static func endRun() -> Never {
        say("No test has started or ended for \(patience) s. Under way:")
        // Those behind them wait for a place.
        for name in underWay.withLock({ $0.prefix(places) }) { say("✘ \(name)") }
        processes.withLock { for process in $0 { kill(process, SIGKILL) } }
        _exit(EXIT_FAILURE)
    }

    /// Tells at the process's end how many tests were skipped.
    fileprivate static func tellWhatWasSkipped() {
        // The last events may still be on their way.
        guard runEnd.wait(timeout: .now() + 1) == .success else { return }
        say("\(skippedCount.withLock { $0 }) tests skipped")
    }

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    private static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}

/// One line of what Swift Testing tells about a run.
private struct RunEvent {
    let kind: String
    /// Which test, without the place of its source.
    let test: String

    /// - Returns: nil for what is not about a test or the run as a whole.
    init?(_ line: [UInt8]) {
        struct Record: Decodable {
            struct Payload: Decodable {
                let kind: String
                let testID: String?
            }
            let kind: String
            let payload: Payload
        }
        guard let record = try? JSONDecoder().decode(Record.self, from: Data(line)),
            record.kind == "event"
        else { return nil }
        let name = record.payload.testID ?? ""
        // A suite's name has no parentheses.
        guard name.contains("(") || record.payload.kind == "runEnded" else { return nil }
        kind = record.payload.kind
        test = name.split(separator: "/").dropLast().joined(separator: "/")
    }
}

/// Called before the process's `main`, from CTestSupport.
@_cdecl("watch_test_run")
func watchTestRun(_ events: Int32) {
    atexit { RunWatch.tellWhatWasSkipped() }
    Thread.detachNewThread { RunWatch.watch(events) }
}
