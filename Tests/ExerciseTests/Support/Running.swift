import Foundation
import Processes
import Synchronization

/// One of the two streams that a program writes.
typealias OutputStream = StandardStream

/// A program under test while it runs, with pipes for its standard streams.
///
/// Every call blocks until its condition is met. It throws `ProgramFailure` when the program can no
/// longer meet it, or `patience` has run out. The process is killed with the object.
final class Running: Sendable {
    let name: String
    let process: ChildProcess
    private let signalsSent = Mutex<Set<Int32>>([])
    private let knownPort = Mutex<Int?>(nil)

    /// Starts `command`.
    ///
    /// - Parameters:
    ///   - command: The path of the program, or a name to be found on `PATH`, then its arguments.
    ///   - environment: Added to this process's own.
    ///   - folder: The folder that it runs in; nil is the folder of the tests.
    ///   - descriptorLimit: The most descriptors that it may have, with its standard streams.
    init(
        _ command: [String], environment: [String: String] = [:], folder: String? = nil,
        descriptorLimit: Int? = nil
    ) throws(ProcessError) {
        Descriptors.prepare()
        name = command.first.map { ($0 as NSString).lastPathComponent } ?? ""
        var wrapped = command
        // A limit belongs to a whole process, so a shell takes it and becomes the program.
        if let descriptorLimit {
            wrapped =
                ["/bin/sh", "-c", #"ulimit -n "$0" && exec "$@""#, "\(descriptorLimit)"] + wrapped
        }
        let own = ProcessInfo.processInfo.environment
        process = try ChildProcess(
            wrapped, environment: own.merging(environment) { $1 }, folder: folder, kept: .max,
            outputLimit: .max)
    }

    var identifier: pid_t { process.identifier }

    // MARK: Input

    /// Writes `text` to its standard input.
    func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    /// Writes `bytes` to its standard input, waiting while the pipe is full.
    func write(_ bytes: [UInt8]) throws {
        do {
            try process.write(bytes, within: .seconds(patience))
        } catch {
            throw failure("\(error)")
        }
    }

    /// Ends its standard input.
    func closeInput() {
        process.closeInput()
    }

    /// Sends it a signal; nothing happens if it has already ended.
    func signal(_ number: Int32) {
        guard isAlive else { return }
        signalsSent.withLock { _ = $0.insert(number) }
        process.signal(number)
    }

    // MARK: Output

    /// Its standard output so far; after `waitForExit()` the whole of it.
    var standardOutput: String { String(decoding: standardOutputBytes, as: UTF8.self) }

    /// The same as bytes.
    var standardOutputBytes: [UInt8] { process.output.bytes }

    /// Its standard error so far.
    var standardError: String { String(decoding: process.errors.bytes, as: UTF8.self) }

    /// Waits for a line that holds `text`, and takes it: the next call finds the next such line.
    ///
    /// Lines before it stay to be found, so tests may ask in an order other than the program's.
    ///
    /// - Returns: The line without its end. A last line that no `\n` ends counts as one.
    @discardableResult
    func waitForLine(
        on stream: OutputStream = .standardOutput, containing text: String
    ) throws -> String {
        try waitForLine(on: stream, "a line containing '\(text)'") { $0.contains(text) }
    }

    /// Waits for a line that begins with `text`, and takes it.
    @discardableResult
    func waitForLine(
        on stream: OutputStream = .standardOutput, startingWith text: String
    ) throws -> String {
        try waitForLine(on: stream, "a line starting with '\(text)'") { $0.hasPrefix(text) }
    }

    /// Waits for the first line not yet taken, and takes it.
    @discardableResult
    func nextLine(on stream: OutputStream = .standardOutput) throws -> String {
        try waitForLine(on: stream, "a line") { _ in true }
    }

    /// Waits until `text` has been written `times` times, even without a line end: for prompts.
    func waitForText(
        _ text: String, times: Int = 1, on stream: OutputStream = .standardOutput
    ) throws {
        let found = process.wait(within: .seconds(patience)) { contents -> Bool? in
            let written = String(decoding: contents[stream].bytes, as: UTF8.self)
            if written.components(separatedBy: text).count > times { return true }
            return contents[stream].hasEnded ? false : nil
        }
        guard found == true else {
            throw failure("no '\(text)' \(times) times on \(stream.rawValue)")
        }
    }

    /// Waits for `listening on <address>:<port>` on standard error and returns the port.
    ///
    /// The line is taken at the first call; later ones return the same port.
    func listeningPort() throws -> Int {
        try knownPort.withLock { known in
            if let known { return known }
            let line = try waitForLine(on: .standardError, containing: "listening on ")
            guard let port = line.split(separator: ":").last.flatMap({ Int($0) }), port > 0 else {
                throw failure("no port in '\(line)'")
            }
            known = port
            return port
        }
    }

    private func waitForLine(
        on stream: OutputStream, _ expected: String, where matches: (String) -> Bool
    ) throws -> String {
        let line = process.wait(within: .seconds(patience)) { contents -> String?? in
            if let line = contents[stream].takeLine(where: matches) { return .some(line) }
            return contents[stream].hasEnded ? .some(nil) : nil
        }
        guard let line, let line else { throw failure("no \(expected) on \(stream.rawValue)") }
        return line
    }

    // MARK: End

    /// Whether it has not ended yet.
    var isAlive: Bool { process.exit == nil }

    /// Waits until it has ended and everything it wrote has been read.
    ///
    /// - Returns: Its exit code, or the negative number of the signal that ended it.
    @discardableResult
    func waitForExit() throws -> Int32 {
        let code = process.wait(within: .seconds(patience)) { contents -> Int32? in
            guard contents.output.hasEnded, contents.errors.hasEnded else { return nil }
            return contents.exit?.number
        }
        guard let code else { throw failure("it does not end") }
        return code
    }

    /// Ends it at once if it still runs. Returns when it has been reaped and its output read.
    ///
    /// - Returns: The signal that ended it, if no test has sent that signal: mostly the trap of a
    ///   crash.
    @discardableResult
    func end() -> Int32? {
        process.signal(SIGKILL)
        process.closeInput()
        _ = try? waitForExit()
        guard case .signal(let number)? = process.exit, number != SIGKILL else { return nil }
        return signalsSent.withLock { $0.contains(number) } ? nil : number
    }

    /// Returns an error with `problem` and the program's output.
    func failure(_ problem: String) -> ProgramFailure {
        ProgramFailure("\(name): \(problem)", transcripts: [transcript])
    }

    /// Its output and its end, for the text of a failure.
    var transcript: ProgramFailure.Transcript {
        let contents = process.contents
        let state = contents.exit.map { "exit \($0.number)" } ?? "running"
        let text = """
            --- \(name) (\(state)), stdout
            \(excerpt(contents.output.bytes))
            --- \(name), stderr
            \(excerpt(contents.errors.bytes))
            """
        return ProgramFailure.Transcript(process: identifier, text: text)
    }

    private func excerpt(_ bytes: [UInt8]) -> String {
        let limit = 8192
        let text = String(decoding: bytes.suffix(limit), as: UTF8.self)
        return bytes.count > limit ? "(\(bytes.count - limit) bytes left out) \(text)" : text
    }
}

extension Exit {
    /// The exit code, or the negative number of the signal.
    fileprivate var number: Int32 {
        switch self {
        case .code(let code): code
        case .signal(let number): -number
        }
    }
}
