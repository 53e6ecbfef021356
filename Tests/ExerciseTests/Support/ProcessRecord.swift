import Foundation
import TestSupport

/// One of the two streams a program writes.
enum OutputStream: String, Sendable {
    case standardOutput = "stdout"
    case standardError = "stderr"
}

/// The text of one stream so far.
struct StreamRecord {
    private(set) var bytes: [UInt8] = []
    private(set) var hasEnded = false

    private var lineStart = 0
    // Lines that no test has asked for yet. Each is found once; tests may ask in any order.
    private var unread: [String] = []

    mutating func append(_ new: ArraySlice<UInt8>) {
        for byte in new {
            bytes.append(byte)
            if byte == UInt8(ascii: "\n") {
                unread.append(String(decoding: bytes[lineStart...].dropLast(), as: UTF8.self))
                lineStart = bytes.count
            }
        }
    }

    /// Closes the record; a last line without a line end counts as a line.
    mutating func end() {
        if lineStart < bytes.count {
            unread.append(String(decoding: bytes[lineStart...], as: UTF8.self))
        }
        hasEnded = true
    }

    /// Removes and returns the first line not yet taken for which `matches` is true.
    mutating func takeLine(where matches: (String) -> Bool) -> String? {
        unread.firstIndex(where: matches).map { unread.remove(at: $0) }
    }
}

/// The output of a process and its end, gathered by separate threads.
///
/// The threads read all the time, so that a program never blocks on a full pipe while its test is
/// busy elsewhere. They hold this object and not its owner, which can then end the process.
final class ProcessRecord: @unchecked Sendable {
    /// The state that `condition` guards; nothing else in the class changes.
    struct Contents {
        var output = StreamRecord()
        var error = StreamRecord()
        var exitCode: Int32?
        var signalsSent: Set<Int32> = []

        subscript(stream: OutputStream) -> StreamRecord {
            get { stream == .standardOutput ? output : error }
            _modify {
                if stream == .standardOutput { yield &output } else { yield &error }
            }
        }
    }

    private let condition = NSCondition()
    private var contents = Contents()
    private let identifier: pid_t

    init(of process: SpawnedProcess) {
        identifier = process.identifier
        RunWatch.processes.withLock { _ = $0.insert(process.identifier) }
        Thread.detachNewThread { self.read(process.output, as: .standardOutput) }
        Thread.detachNewThread { self.read(process.error, as: .standardError) }
        Thread.detachNewThread { self.awaitEnd() }
    }

    /// Looks at the contents now.
    func withContents<Value>(_ body: (inout Contents) -> Value) -> Value {
        condition.lock()
        defer { condition.unlock() }
        return body(&contents)
    }

    /// Asks `probe` now and after every change until it returns a value.
    ///
    /// - Returns: The value, or nil once `patience` has run out.
    func wait<Value>(for probe: (inout Contents) -> Value?) -> Value? {
        let deadline = Date(timeIntervalSinceNow: patience)
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let value = probe(&contents) { return value }
            if !condition.wait(until: deadline) { return probe(&contents) }
        }
    }

    /// Sends a signal, if the process has not been reaped: after that, another process may have its
    /// id.
    ///
    /// System call: `kill(2)`.
    func signal(_ number: Int32) {
        withContents { contents in
            guard contents.exitCode == nil else { return }
            contents.signalsSent.insert(number)
            _ = kill(identifier, number)
        }
    }

    private func change(_ body: (inout Contents) -> Void) {
        withContents(body)
        condition.broadcast()
    }

    private func read(_ descriptor: Int32, as stream: OutputStream) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                change { $0[stream].append(buffer[..<count]) }
            } else if count == 0 || errno != EINTR {
                break
            }
        }
        _ = close(descriptor)
        change { $0[stream].end() }
    }

    /// Waits for the end first and reaps under the lock, so that `signal(_:)` hits no other
    /// process.
    private func awaitEnd() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0 {
            guard errno == EINTR else { break }
        }
        change { contents in
            var status: Int32 = 0
            RunWatch.processes.withLock { _ = $0.remove(identifier) }
            _ = waitpid(identifier, &status, 0)
            let signal = status & 0x7F
            contents.exitCode = signal == 0 ? (status >> 8) & 0xFF : -signal
        }
    }
}
