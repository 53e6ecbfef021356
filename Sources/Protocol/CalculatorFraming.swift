/// The calculator at its server: it receives requests and sends packed replies.
public struct CalculatorServerFraming: Framing {
    private let layout: CalculatorLayout

    /// Makes a framing for requests of `layout`.
    public init(layout: CalculatorLayout) { self.layout = layout }

    public mutating func decode(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> CalculationRequest? {
        guard input.count >= layout.layout.size else { return nil }
        let request = CalculationRequest(
            layout.left.operand(in: input), layout.operator.byte(in: input),
            layout.right.operand(in: input))
        input.removeFirst(layout.layout.size)
        return request
    }

    public func silence(after input: ByteQueue) -> Silence {
        Silence(after: input, of: layout.layout.size, advice: anotherLayout)
    }

    public func encode(_ message: Packed<CalculatorReply>, into output: inout [UInt8]) {
        output.append(contentsOf: message.bytes)
    }
}

/// The calculator at a client: it sends packed requests and receives replies.
public struct CalculatorClientFraming: Framing {
    private let replyLayout: CalculatorReplyLayout?
    private var lines = LineFraming()

    /// Makes a framing for replies of `replyLayout`, or in text if there is none.
    public init(replyLayout: CalculatorReplyLayout? = nil) { self.replyLayout = replyLayout }

    public mutating func decode(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> CalculatorReply? {
        guard let replyLayout else {
            return try lines.decode(&input).map { .text($0.text) }
        }
        guard input.count >= replyLayout.layout.size else { return nil }
        let number = replyLayout.result.operand(in: input)
        input.removeFirst(replyLayout.layout.size)
        return .number(number)
    }

    public mutating func decodeAtEnd(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> CalculatorReply? {
        if replyLayout == nil { return try lines.decodeAtEnd(&input).map { .text($0.text) } }
        try refuseRest(input)
        return nil
    }

    public func mayEndAtPause(_ input: ByteQueue) -> Bool {
        replyLayout == nil && lines.mayEndAtPause(input)
    }

    public func silence(after input: ByteQueue) -> Silence {
        // If there is no reply, the requests may have the wrong size.
        guard !input.isEmpty else { return Silence(after: input, advice: anotherLayout) }
        return Silence(
            after: input, of: replyLayout?.layout.size,
            advice: replyLayout.map { _ in "another --reply may fit" })
    }

    public func encode(_ message: Packed<CalculationRequest>, into output: inout [UInt8]) {
        output.append(contentsOf: message.bytes)
    }
}
