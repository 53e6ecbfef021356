import Foundation
import Synchronization

/// A program under test while it runs, with pipes for its standard streams.
///
/// Every call blocks until its condition is met. It throws `ProgramFailure` when the program can no
/// longer meet it, or `patience` has run out. The process is killed with the object.
final class Running: Sendable {
    let name: String
    let identifier: pid_t
    private let record: ProcessRecord
    private let input: InputPipe
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
    ) throws {
        name = command.first.map { ($0 as NSString).lastPathComponent } ?? ""
        var wrapped = command
        // Limit and folder belong to a whole process, so a shell takes them and becomes the
        // program.
        if let folder {
            wrapped = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder] + wrapped
        }
        if let descriptorLimit {
            wrapped =
                ["/bin/sh", "-c", #"ulimit -n "$0" && exec "$@""#, "\(descriptorLimit)"] + wrapped
        }
        let process = try spawn(wrapped, environment: environment)
        identifier = process.identifier
        input = InputPipe(process.input)
        record = ProcessRecord(of: process)
    }

    deinit {
        record.signal(SIGKILL)
    }

    // MARK: Input

    /// Writes `text` to its standard input.
    func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    /// Writes `bytes` to its standard input, waiting while the pipe is full.
    func write(_ bytes: [UInt8]) throws {
        do {
            try input.write(bytes)
        } catch {
            throw failure("\(error), writing to its standard input")
        }
    }

    /// Ends its standard input.
    func closeInput() {
        input.close()
    }

    /// Sends it a signal; nothing happens if it has already ended.
    func signal(_ number: Int32) {
        record.signal(number)
    }

    // MARK: Output

    /// Its standard output so far; after `waitForExit()` the whole of it.
    var standardOutput: String { String(decoding: standardOutputBytes, as: UTF8.self) }

    /// The same as bytes.
    var standardOutputBytes: [UInt8] { record.withContents { $0.output.bytes } }

    /// Its standard error so far.
    var standardError: String {
        record.withContents { String(decoding: $0.error.bytes, as: UTF8.self) }
    }

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
        let found = record.wait { contents -> Bool? in
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
        let line = record.wait { contents -> String?? in
            if let line = contents[stream].takeLine(where: matches) { return .some(line) }
            return contents[stream].hasEnded ? .some(nil) : nil
        }
        guard let line, let line else { throw failure("no \(expected) on \(stream.rawValue)") }
        return line
    }

    // MARK: End

    /// Whether it has not ended yet.
    var isAlive: Bool { record.withContents { $0.exitCode == nil } }

    /// Waits until it has ended and everything it wrote has been read.
    ///
    /// - Returns: Its exit code, or the negative number of the signal that ended it.
    @discardableResult
    func waitForExit() throws -> Int32 {
        let code = record.wait { contents -> Int32? in
            guard contents.output.hasEnded, contents.error.hasEnded else { return nil }
            return contents.exitCode
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
        record.signal(SIGKILL)
        input.close()
        _ = try? waitForExit()
        return record.withContents { contents in
            guard let code = contents.exitCode, code < 0 else { return nil }
            return contents.signalsSent.contains(-code) ? nil : -code
        }
    }

    /// Returns an error with `problem` and the program's output.
    func failure(_ problem: String) -> ProgramFailure {
        ProgramFailure("\(name): \(problem)", transcripts: [transcript])
    }

    /// Its output and its end, for the text of a failure.
    var transcript: ProgramFailure.Transcript {
        let (output, error, code) = record.withContents { contents in
            (contents.output.bytes, contents.error.bytes, contents.exitCode)
        }
        let state = code.map { "exit \($0)" } ?? "running"
        let text = """
            --- \(name) (\(state)), stdout
            \(excerpt(output))
            --- \(name), stderr
            \(excerpt(error))
            """
        return ProgramFailure.Transcript(process: identifier, text: text)
    }

    private func excerpt(_ bytes: [UInt8]) -> String {
        let limit = 8192
        let text = String(decoding: bytes.suffix(limit), as: UTF8.self)
        return bytes.count > limit ? "(\(bytes.count - limit) bytes left out) \(text)" : text
    }
}
