/// Compares the hidden number with the player's: the character of a question.
public enum Comparison: UInt8, Sendable, CustomStringConvertible {
    /// `<`: is the number smaller than mine?
    case smaller = 0x3C
    /// `=`: is it mine?
    case equal = 0x3D
    /// `>`: is the number greater than mine?
    case greater = 0x3E

    public var description: String {
        switch self {
        case .smaller: "<"
        case .greater: ">"
        case .equal: "="
        }
    }
}

/// A player's question, as in `< 51`.
public struct GuessQuestion: Sendable, Equatable, CustomStringConvertible {
    /// The comparison that the player asks for.
    public let comparison: Comparison
    /// The player's number.
    public let number: Int

    /// Makes the question whether the hidden number is smaller than, greater than or equal to
    /// `number`.
    public init(_ comparison: Comparison, _ number: Int) {
        self.comparison = comparison
        self.number = number
    }

    public var description: String { "\(comparison) \(number)" }
}

/// The server's answer. Its description is in the sheet's words.
public enum GuessAnswer: UInt8, Sendable, CaseIterable, CustomStringConvertible {
    /// `I`: the question's answer is yes.
    case yes = 0x49
    /// `N`: the question's answer is no.
    case no = 0x4E
    /// `K`: the number was named, and it was wrong.
    case out = 0x4B
    /// `Y`: the number was named, and it was right.
    case won = 0x59
    /// `V`: the game is over for the player that asked.
    case ended = 0x56

    public var description: String {
        switch self {
        case .yes: "Yes"
        case .no: "No"
        case .out: "You are out"
        case .won: "You won"
        case .ended: "End of game"
        }
    }
}

/// The binary message of the guessing game: one character and one integer, both ways.
///
/// Source: Telecommunications Network, Practice 4, Assignment III.
public struct GuessLayout: Sendable {
    /// The sheet's format: native, eight bytes.
    public static let defaultFormat = "c i"

    /// The number of bytes of a message.
    public let size: Int
    let character: StructLayout.Field
    let number: StructLayout.Field

    /// Finds the character and the integer in a format; other fields are sent as zero, and ignored
    /// when received.
    ///
    /// - Parameter format: At least one `c` or `1s` and one integer, in any order.
    /// - Throws: `StructLayoutError` for a format that is wrong or lacks one of the two.
    public init(_ format: String = GuessLayout.defaultFormat) throws(StructLayoutError) {
        let layout = try StructLayout(format)
        guard let character = layout.fields.first(where: \.holdsCharacter),
            let number = layout.fields.first(where: { $0.kind == .integer })
        else {
            throw StructLayoutError(
                "layout '\(format.escaped)' does not suit this game, which needs one c (or 1s) "
                    + "and one integer, like '\(Self.defaultFormat)'")
        }
        size = layout.size
        self.character = character
        self.number = number
    }

    /// Reads the character as soon as it has come, so that a wrong peer is found by its first
    /// bytes.
    func character(in input: borrowing ByteQueue) -> UInt8? {
        input.count > character.offset ? character.byte(in: input) : nil
    }

    /// Reads the whole questions at the front, `limit` at most, up to a wrong one.
    func questions(in input: borrowing ByteQueue, limit: Int) -> [GuessQuestion] {
        let count = min(limit, input.count / size)
        let number = number
        // The usual kind of number has code of its own, which takes a third of the time.
        guard number.isInt32 else {
            return questions(in: input, count) { bytes, start in
                number.int(ofBits: number.bits(in: bytes, from: start))
            }
        }
        let place = number.offset
        return questions(in: input, count) { bytes, start in
            let word = bytes.loadUnaligned(fromByteOffset: start &+ place, as: Int32.self)
            return Int(Int32(littleEndian: word))
        }
    }

    /// Reads `count` questions; their bytes are there, so it checks only once.
    private func questions(
        in input: borrowing ByteQueue, _ count: Int,
        number: (UnsafeRawBufferPointer, Int) -> Int
    ) -> [GuessQuestion] {
        let (place, size) = (character.offset, size)
        return [GuessQuestion](unsafeUninitializedCapacity: count) { questions, taken in
            taken = input.withBytes { bytes in
                for index in 0..<count {
                    let start = index &* size
                    let byte = bytes[start &+ place]
                    guard let comparison = Comparison(rawValue: byte) else { return index }
                    let question = GuessQuestion(comparison, number(bytes, start))
                    questions.initializeElement(at: index, to: question)
                }
                return count
            }
        }
    }

    func write(_ byte: UInt8, _ integer: Int, into output: inout [UInt8]) {
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: size))
        character.write(byte: byte, into: &output, at: start)
        number.write(Int64(integer), into: &output, at: start)
    }
}
