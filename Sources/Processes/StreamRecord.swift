/// One of the two streams that a program writes.
public enum StandardStream: String, Sendable {
    case standardOutput = "stdout"
    case standardError = "stderr"
}

/// What a program has written to one stream so far.
public struct StreamRecord: Sendable {
    /// The first bytes, as many as are kept.
    public private(set) var bytes: [UInt8] = []
    /// The number of all bytes read, with those that were not kept.
    public private(set) var count = 0
    /// Whether the stream has ended: the program, and all that inherited the stream, have closed
    /// it.
    public internal(set) var hasEnded = false
    /// Whether it wrote so much that nothing more is read. The program stands still when it writes
    /// on.
    public internal(set) var isOverfull = false

    /// The most bytes to keep.
    private let kept: Int
    /// The beginning of the line that is not complete, and the bytes already searched for its end.
    private var lineStart = 0
    private var searched = 0
    /// Lines that nobody has taken yet; they may be taken in any order.
    private var untaken: [String] = []

    init(kept: Int) {
        self.kept = kept
    }

    /// Adds bytes; those beyond the limit are only counted.
    mutating func append(_ new: UnsafeRawBufferPointer) {
        count += new.count
        bytes += new.prefix(max(0, kept - bytes.count))
    }

    /// Removes and returns the first line not yet taken for which `matches` is true.
    ///
    /// - Returns: The line without its line end. Once the stream has ended, text without a line end
    ///   counts as a line.
    public mutating func takeLine(where matches: (String) -> Bool) -> String? {
        findLines()
        return untaken.firstIndex(where: matches).map { untaken.remove(at: $0) }
    }

    private mutating func addLine(to end: Int) {
        untaken.append(String(decoding: bytes[lineStart..<end], as: UTF8.self))
    }

    private mutating func findLines() {
        while searched < bytes.count {
            if bytes[searched] == UInt8(ascii: "\n") {
                addLine(to: searched)
                lineStart = searched + 1
            }
            searched += 1
        }
        if hasEnded && lineStart < bytes.count {
            addLine(to: bytes.count)
            lineStart = bytes.count
        }
    }
}

/// What is known about a program: its output and its end.
public struct Contents: Sendable {
    /// Its standard output so far.
    public var output: StreamRecord
    /// Its standard error so far.
    public var errors: StreamRecord
    /// How it ended; nil while it runs. All that the program itself wrote is in the records then,
    /// but for what is beyond their limits.
    public internal(set) var exit: Exit?
    /// The limit for which it and all that it had started were killed.
    public internal(set) var excess: Excess?
    /// Whether its keeper was killed: by the program, since nobody else does that. The program was
    /// killed then, too.
    public internal(set) var hasKilledKeeper = false

    init(kept: Int) {
        output = StreamRecord(kept: kept)
        errors = StreamRecord(kept: kept)
    }

    /// One of the two streams.
    public subscript(stream: StandardStream) -> StreamRecord {
        get { stream == .standardOutput ? output : errors }
        _modify {
            if stream == .standardOutput { yield &output } else { yield &errors }
        }
    }
}
