import Protocol
import Testing

/// Gives `framing` the `pieces` one after another and then the end of the stream.
///
/// After each piece it takes all whole messages, as a program does after each `recv`.
func deliver<F: Framing>(
    _ pieces: [ArraySlice<UInt8>], to framing: F
) throws(ProtocolError) -> [F.Incoming] {
    var framing = framing
    var input = ByteQueue()
    var messages: [F.Incoming] = []
    for piece in pieces {
        input.append(piece)
        while true {
            let before = Array(input.bytes)
            guard let message = try framing.decode(&input) else {
                #expect(Array(input.bytes) == before, "a message not yet whole was touched")
                break
            }
            messages.append(message)
        }
    }
    if let rest = try framing.decodeAtEnd(&input) { messages.append(rest) }
    #expect(input.isEmpty)
    #expect(try framing.decodeAtEnd(&input) == nil)
    return messages
}

/// Expects the same messages from `bytes` in one piece, in two at every place, and byte by byte.
func expect<F: Framing>(
    _ messages: [F.Incoming], from bytes: [UInt8], by framing: F,
    at location: SourceLocation = #_sourceLocation
) throws where F.Incoming: Equatable {
    for middle in 0...bytes.count {
        let pieces = [bytes[..<middle], bytes[middle...]]
        #expect(
            try deliver(pieces, to: framing) == messages, "in two pieces at \(middle)",
            sourceLocation: location)
    }
    #expect(
        try deliver(bytes.indices.map { bytes[$0...$0] }, to: framing) == messages,
        "a byte at a time", sourceLocation: location)
}

/// Expects the same error from `bytes` in all kinds of pieces.
func expect<F: Framing>(
    error text: String, from bytes: [UInt8], by framing: F,
    at location: SourceLocation = #_sourceLocation
) {
    let ways = [[bytes[...]], bytes.indices.map { bytes[$0...$0] }]
    for pieces in ways {
        #expect(throws: ProtocolError(text), sourceLocation: location) {
            try deliver(pieces, to: framing)
        }
    }
}

/// Expects no trap from random bytes in random pieces; an error is as good as a message.
func expectNoTrap<F: Framing>(by framing: F, seed: UInt64, from bytes: [UInt8] = []) {
    var chance = FixedChance(seed: seed)
    for _ in 0..<300 {
        let pieces = (0..<6).map { _ in
            // With the first bytes of a message, random bytes get further into the decoder.
            chance.bytes(Int.random(in: 0...12, using: &chance)).map {
                bytes.isEmpty || $0 < 128 ? $0 : bytes[Int($0) % bytes.count]
            }[...]
        }
        _ = try? deliver(pieces, to: framing)
    }
}

/// The bytes that `framing` makes of `message`.
func encoded<F: Framing>(_ message: F.Outgoing, by framing: F) -> [UInt8] {
    var output: [UInt8] = [0xEE]
    framing.encode(message, into: &output)
    #expect(output.first == 0xEE, "what was there before stays")
    return Array(output.dropFirst())
}
