/// The guessing game at its server: it receives questions and sends answers.
public struct GuessServerFraming: Framing {
    private let layout: GuessLayout

    /// Makes a framing for messages of `layout`.
    public init(layout: GuessLayout) { self.layout = layout }

    public mutating func decode(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> GuessQuestion? {
        guard let byte = layout.character(in: input) else { return nil }
        guard let comparison = Comparison(rawValue: byte) else {
            throw ProtocolError(
                "unknown question \(byte.shown); a question begins with <, > or =")
        }
        guard input.count >= layout.size else { return nil }
        let question = GuessQuestion(comparison, layout.number.int(in: input))
        input.removeFirst(layout.size)
        return question
    }

    /// Takes all whole questions at once, for the place of each is known beforehand.
    public mutating func decode(
        _ input: inout ByteQueue, limit: Int
    ) throws(ProtocolError) -> [GuessQuestion] {
        let questions = layout.questions(in: input, limit: limit)
        input.removeFirst(questions.count &* layout.size)
        // There is only a part of a question, or a wrong one: the strict way tells which.
        if questions.isEmpty, let question = try decode(&input) { return [question] }
        return questions
    }

    public func silence(after input: ByteQueue) -> Silence {
        Silence(after: input, of: layout.size, advice: anotherLayout)
    }

    /// Adds the answer's character; every other byte is zero.
    public func encode(_ message: GuessAnswer, into output: inout [UInt8]) {
        layout.write(message.rawValue, 0, into: &output)
    }

    /// Adds several answers at once.
    public func encode(_ messages: [GuessAnswer], into output: inout [UInt8]) {
        let (start, size) = (output.count &+ layout.character.offset, layout.size)
        output.append(contentsOf: repeatElement(0, count: messages.count &* size))
        // One check is enough for all: the buffer has the bytes of a message for each.
        output.withUnsafeMutableBufferPointer { bytes in
            for (index, message) in messages.enumerated() {
                bytes[start &+ index &* size] = message.rawValue
            }
        }
    }
}

/// The guessing game at a client: it sends questions and receives answers.
public struct GuessClientFraming: Framing {
    private let layout: GuessLayout

    /// Makes a framing for messages of `layout`.
    public init(layout: GuessLayout) { self.layout = layout }

    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> GuessAnswer? {
        guard let byte = layout.character(in: input) else { return nil }
        guard let answer = GuessAnswer(rawValue: byte) else {
            throw ProtocolError("unknown answer \(byte.shown); an answer is I, N, K, Y or V")
        }
        guard input.count >= layout.size else { return nil }
        input.removeFirst(layout.size)
        return answer
    }

    public func silence(after input: ByteQueue) -> Silence {
        Silence(after: input, of: layout.size, advice: anotherLayout)
    }

    /// Adds the question. Its number must fit the layout; 1 to 100 fits every layout.
    public func encode(_ message: GuessQuestion, into output: inout [UInt8]) {
        layout.write(message.comparison.rawValue, message.number, into: &output)
    }
}

/// A hint for the case that the peer's messages seem to have another size.
let anotherLayout = "another --layout may fit"

extension UInt8 {
    /// The byte for an error text: a character if ASCII can show it, otherwise a number.
    var shown: String {
        if (0x21...0x7E).contains(self) { return "'\(Unicode.Scalar(self))'" }
        return (self < 16 ? "0x0" : "0x") + String(self, radix: 16, uppercase: true)
    }
}
