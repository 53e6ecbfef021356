import Foundation
import Processes
import Synchronization

/// Ends a run of the tests that stands still, names the tests under way, and counts the skipped
/// ones.
///
/// A time limit of Swift Testing does not help: it notes that the time is over, but does not end a
/// thread that waits in a system call; and if all threads wait like this, it does not even note it.
public enum RunWatch {
    /// The longest time without a test's start or end, in seconds: as long as several waits of the
    /// tests.
    public static let patience = setting("SOCKET_LABS_TEST_PATIENCE") ?? 300

    /// The number of tests at once, as CTestSupport has set it.
    private static let places = setting("SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH") ?? 4

    /// Tests that have started and not ended, in their order.
    private static let underWay = Mutex<[String]>([])
    /// Swift Testing's line about each skipped test.
    private static let skipped = Mutex<[String]>([])
    private static let runEnd = DispatchSemaphore(value: 0)

    /// Reads the events of the run until it ends, or stands still.
    fileprivate static func watch(_ events: Int32, printsSuites: Bool) {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        // A busy machine may need a while until it starts the first test.
        var limit = max(patience, 60)
        while isReadable(events, by: Date(timeIntervalSinceNow: Double(limit))) {
            let count = max(0, read(events, &buffer, buffer.count))
            for byte in buffer.prefix(count) {
                if byte != UInt8(ascii: "\n") {
                    line.append(byte)
                } else {
                    if let event = RunEvent(line) { note(event, printsSuites) }
                    line = []
                }
            }
            if underWay.withLock({ !$0.isEmpty }) { limit = patience }
        }
        endRun()
    }

    private static func isReadable(_ descriptor: Int32, by deadline: Date) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&entry, 1, Int32(max(0, deadline.timeIntervalSinceNow) * 1_000))
            // A process that is stopped and continued gets an interruption here.
            if count >= 0 || errno != EINTR { return count > 0 }
        }
    }

    private static func note(_ event: RunEvent, _ printsSuites: Bool) {
        switch event.kind {
        case "testStarted" where event.isTest: underWay.withLock { $0.append(event.name) }
        case "testEnded" where event.isTest:
            underWay.withLock { $0.removeAll { $0 == event.name } }
        case "testEnded" where printsSuites: say(event.text)
        case "testSkipped" where event.isTest: skipped.withLock { $0.append(event.text) }
        case "runEnded": runEnd.signal()
        default: break
        }
    }

    private static func endRun() -> Never {
        say("No test has started or ended for \(patience) s. Under way:")
        // Those behind them wait for a place.
        for name in underWay.withLock({ $0.prefix(places) }) { say("✘ \(name)") }
        ChildProcess.killAll()
        _exit(EXIT_FAILURE)
    }

    /// Tells at the process's end how many tests were skipped.
    fileprivate static func tellWhatWasSkipped() {
        // The last events may still be on their way.
        guard runEnd.wait(timeout: .now() + 1) == .success else { return }
        let lines = skipped.withLock { $0.sorted() }
        for line in lines { say(line) }
        say("Tests skipped: \(lines.count)")
    }

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    private static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}

/// A line of Swift Testing about a run.
private struct RunEvent: Decodable {
    private struct Message: Decodable {
        let symbol: String
        let text: String
    }

    private struct Payload: Decodable {
        let kind: String
        let testID: String?
        let messages: [Message]
    }

    private let payload: Payload

    /// - Returns: nil if the line is about no event.
    init?(_ line: [UInt8]) {
        guard let event = try? JSONDecoder().decode(Self.self, from: Data(line)) else { return nil }
        self = event
    }

    var kind: String { payload.kind }

    /// Whether it is about one test; the name of a suite has no parentheses.
    var isTest: Bool { payload.testID?.contains("(") == true }

    /// The test's name, without the place of its source.
    var name: String {
        (payload.testID ?? "").split(separator: "/").dropLast().joined(separator: "/")
    }

    /// The text that a terminal would show.
    var text: String {
        let symbols = ["pass": "✔", "fail": "✘", "skip": "➜"]
        return payload.messages.prefix(1)
            .map { "\(symbols[$0.symbol] ?? "━") \($0.text)" }.joined()
    }
}

/// Called before the process's `main`, from CTestSupport.
@_cdecl("watch_test_run")
func watchTestRun(_ events: Int32, _ printsSuites: Bool) {
    atexit { RunWatch.tellWhatWasSkipped() }
    Thread.detachNewThread { RunWatch.watch(events, printsSuites: printsSuites) }
}
