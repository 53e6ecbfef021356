/// The sum's messages: a name and a number, on one line or on two.
public struct SumFraming: Framing {
    private var lines: LineFraming
    /// A name whose number is to come on the next line.
    private var name: String?

    /// Makes a framing for one peer.
    ///
    /// - Parameter ending: What follows each message that is sent.
    public init(ending: LineEnding) { lines = LineFraming(ending: ending) }

    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> SumMessage? {
        while let line = try lines.decode(&input) {
            if let message = take(line) { return message }
        }
        return nil
    }

    public mutating func decodeAtPause(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> SumMessage? {
        try lines.decodeAtEnd(&input).flatMap { take($0) }
    }

    /// Takes the last message. A name that no number has followed is one without a number.
    public mutating func decodeAtEnd(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> SumMessage? {
        if let message = try decodeAtPause(&input) { return message }
        defer { name = nil }
        return name.map { SumMessage(name: $0, separator: "", number: .missing) }
    }

    public func mayEndAtPause(_ input: ByteQueue) -> Bool { lines.mayEndAtPause(input) }

    public func isWithinMessage(_ input: ByteQueue) -> Bool { name != nil || !input.isEmpty }

    public func encode(_ message: String, into output: inout [UInt8]) {
        lines.encode(message, into: &output)
    }

    public func describe(incoming message: SumMessage) -> String {
        "name \"\(message.name.escaped)\", number \(message.number)"
    }

    public func describe(outgoing message: String) -> String { lines.describe(outgoing: message) }

    private mutating func take(_ line: TextLine) -> SumMessage? {
        if let first = name {
            name = nil
            return SumMessage(name: first, numberLine: line.text)
        }
        switch SumLine(line.text) {
        case .message(let message): return message
        case .name(let first):
            name = first
            return nil
        }
    }
}
