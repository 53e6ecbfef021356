import CSystem

/// Reads lines from standard input, one at a time or as they come.
///
/// Swift's own `readLine` reads ahead into a buffer of its own. Readiness calls do not see these
/// bytes, and no other reader gets them back.
public final class Keyboard {
    /// The longest line, in bytes. The limit keeps endless input from filling the memory.
    public static let longestLine = 1 << 20

    private let input: Int32
    private var partial: [UInt8] = []

    /// Whether standard input has ended and all its lines have been returned.
    public private(set) var isAtEnd = false

    /// The descriptor for a readiness call: standard input, or nil once it has ended.
    public var descriptor: Int32? { isAtEnd ? nil : input }

    /// Whether a person reads prompts that no sheet shows: standard input and output are terminals.
    ///
    /// C function: `isatty(3)`.
    public static var isInteractive: Bool {
        isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    }

    /// Makes the keyboard. A program has only one, for it may hold a part of a line.
    ///
    /// From now on, text typed at a terminal belongs to this program. If the program ends before it
    /// has read all of it, the rest is dropped, so that no shell runs it.
    ///
    /// System call: `tcflush(3)`, at the end.
    public convenience init() {
        self.init(descriptor: STDIN_FILENO)
        ending_drop_input(STDIN_FILENO)
    }

    init(descriptor: Int32) {
        input = descriptor
    }

    /// Waits for the next line.
    ///
    /// It reads byte by byte: the bytes after the line are left for the next reader of standard
    /// input.
    ///
    /// - Returns: The line without its end, or nil at the end of input.
    /// - Throws: `InputError` if reading fails or a line is over 1 MiB.
    ///
    /// System call: `read(2)`.
    public func readLine() throws(InputError) -> String? {
        while !isAtEnd {
            var byte: UInt8 = 0
            switch read(into: &byte, count: 1) {
            case .bytes where byte == UInt8(ascii: "\n"): return takePartial(endsWithNewline: true)
            case .bytes: try append(byte)
            case .end: return takeRest()
            case .notReady: waitUntil(input, isReadyFor: POLLIN)
            case .failed(let error): throw InputError(error)
            }
        }
        return nil
    }

    /// Returns the lines that one read brings, for a loop that watches `descriptor`.
    ///
    /// It waits only if there is no input. An incomplete line is kept for the next call; at the end
    /// of input it is returned as it is.
    ///
    /// - Returns: No lines if only a part of a line has come.
    /// - Throws: `InputError` if reading fails or a line is over 1 MiB.
    ///
    /// System call: `read(2)`.
    public func readLines() throws(InputError) -> [String] {
        guard !isAtEnd else { return [] }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        switch read(into: &buffer, count: buffer.count) {
        case .bytes(let count): return try split(buffer[..<count])
        case .end: return takeRest().map { [$0] } ?? []
        case .notReady: return []
        case .failed(let error): throw InputError(error)
        }
    }

    /// Returns the bytes that one read brings, or nil if it brings none. For a terminal that passes
    /// every key on.
    func readBytes() throws(InputError) -> ArraySlice<UInt8>? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        switch read(into: &buffer, count: buffer.count) {
        case .bytes(let count): return buffer[..<count]
        case .end: isAtEnd = true
        case .notReady: break
        case .failed(let error): throw InputError(error)
        }
        return nil
    }

    private enum ReadResult { case bytes(Int), end, notReady, failed(Int32) }

    private func read(into buffer: UnsafeMutableRawPointer, count: Int) -> ReadResult {
        while true {
            let result = CSystem.read(input, buffer, count)
            if result > 0 { return .bytes(result) }
            if result == 0 { return .end }
            let error = system_errno()
            switch error {
            case EINTR: continue
            case EAGAIN, EWOULDBLOCK: return .notReady
            // A closed standard input counts as an empty one.
            case EBADF: return .end
            default:
                isAtEnd = true
                return .failed(error)
            }
        }
    }

    private func split(_ bytes: ArraySlice<UInt8>) throws(InputError) -> [String] {
        var lines: [String] = []
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            partial += rest[..<end]
            lines.append(takePartial(endsWithNewline: true))
            rest = rest[(end + 1)...]
        }
        partial += rest
        guard partial.count <= Self.longestLine else { throw tooLong() }
        return lines
    }

    private func append(_ byte: UInt8) throws(InputError) {
        partial.append(byte)
        guard partial.count <= Self.longestLine else { throw tooLong() }
    }

    private func tooLong() -> InputError {
        isAtEnd = true
        return InputError("a line is longer than 1 MiB")
    }

    private func takeRest() -> String? {
        isAtEnd = true
        // Ctrl-D does not move the cursor to the next row.
        if !partial.isEmpty, isatty(input) == 1 { ending_set_row_begun(1) }
        ending_end_row()
        return partial.isEmpty ? nil : takePartial(endsWithNewline: false)
    }

    private func takePartial(endsWithNewline: Bool) -> String {
        // Enter has ended the row of a prompt.
        if endsWithNewline { ending_set_row_begun(0) }
        if endsWithNewline, partial.last == UInt8(ascii: "\r") { partial.removeLast() }
        defer { partial.removeAll(keepingCapacity: true) }
        return String(decoding: partial, as: UTF8.self)
    }
}

/// Tells why standard input cannot be read.
public struct InputError: Error, CustomStringConvertible, Equatable, Sendable {
    /// `cannot read standard input: is a directory`.
    public let description: String

    init(_ reason: String) {
        description = "cannot read standard input: \(reason)"
    }

    init(_ error: Int32) {
        self.init(reason(of: error))
    }
}
