/// What the judge tells the keeper.
enum Order {
    /// Send this signal to the program, or to its group.
    case signal(Int32, toGroup: Bool)
    /// End everything; first ask, and wait so many milliseconds.
    case end(patience: Int32)

    static let size = 5

    var bytes: [UInt8] {
        switch self {
        case .signal(let number, false): [1] + Word.bytes(number)
        case .signal(let number, true): [2] + Word.bytes(number)
        case .end(let patience): [3] + Word.bytes(patience)
        }
    }

    /// Reads one from exactly `size` bytes.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.size, let kind = bytes.first else { return nil }
        let number = Word.value(bytes.dropFirst())
        switch kind {
        case 1: self = .signal(number, toGroup: false)
        case 2: self = .signal(number, toGroup: true)
        case 3: self = .end(patience: number)
        default: return nil
        }
    }
}

/// What the keeper tells the judge.
enum Report {
    /// The program runs, as this process.
    case started(Int32)
    /// It could not be started; the error number.
    case failed(Int32)
    /// It has ended, with this status of `waitpid(2)`.
    case exited(Int32)
    /// It and all that it started were killed, since they exceeded a limit.
    case excess(Excess)
    /// Everything is gone: whether the program had to be killed, and the names of what it left.
    case gone(forced: Bool, leftBehind: [String])

    var bytes: [UInt8] {
        switch self {
        case .started(let identifier): Self.frame(1, identifier)
        case .failed(let code): Self.frame(2, code)
        case .exited(let status): Self.frame(3, status)
        case .excess(let limit): Self.frame(4, limit.rawValue)
        case .gone(let forced, let names):
            Self.frame(5, forced ? 1 : 0, Array(names.joined(separator: "\n").utf8))
        }
    }

    private static func frame(_ kind: UInt8, _ value: Int32, _ text: [UInt8] = []) -> [UInt8] {
        [kind] + Word.bytes(value) + Word.bytes(Int32(text.count)) + text
    }

    /// Takes one from the front of `bytes`; nil if it is not complete.
    static func take(from bytes: inout [UInt8]) -> Report? {
        guard bytes.count >= 9 else { return nil }
        let value = Word.value(bytes[1..<5])
        let length = Int(Word.value(bytes[5..<9]))
        guard length >= 0, bytes.count - 9 >= length else { return nil }
        let kind = bytes[0]
        let text = String(decoding: bytes[9..<9 + length], as: UTF8.self)
        bytes.removeFirst(9 + length)
        switch kind {
        case 1: return .started(value)
        case 2: return .failed(value)
        case 3: return .exited(value)
        case 4: return .excess(Excess(rawValue: value) ?? .processes)
        default:
            let names = text.split(separator: "\n").map { String($0) }
            return .gone(forced: value == 1, leftBehind: names)
        }
    }
}

/// A number between two processes of one machine: four bytes, the lowest first.
private enum Word {
    static func bytes(_ number: Int32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    static func value(_ bytes: ArraySlice<UInt8>) -> Int32 {
        bytes.reversed().reduce(0) { $0 << 8 | Int32($1) }
    }
}
