import Protocol

/// Cuts one side's bytes into messages.
///
/// It never fails: bytes that are no message come out as they are, with the mistake in them.
protocol Cutter: Sendable {
    /// Takes bytes in, and gives the messages that they complete.
    mutating func add(_ bytes: [UInt8]) -> [Passage]

    /// Tells that this side has been silent for a while, or that the other one has replied: a text
    /// without a line end is a message now.
    mutating func pause() -> [Passage]

    /// Gives the rest when the stream ends.
    ///
    /// - Parameter isCut: A reset has ended it, so that no end can complete a message.
    mutating func end(isCut: Bool) -> [Passage]

    /// Takes notice of a message of the other side: the kind of reply may depend on it.
    mutating func notice(_ passage: Passage)

    /// Whether the other side's reply shows that the bytes so far are a whole message.
    var mayEndAtPause: Bool { get }
}

extension Cutter {
    mutating func pause() -> [Passage] { [] }
    mutating func end(isCut: Bool) -> [Passage] { [] }
    mutating func notice(_ passage: Passage) {}
    var mayEndAtPause: Bool { false }
}

/// Takes the bytes of each `recv`, or each datagram, for a message.
struct PieceCutter: Cutter {
    /// Makes the words for a message.
    let describe: @Sendable ([UInt8]) -> String

    func add(_ bytes: [UInt8]) -> [Passage] { [Passage(describe(bytes), bytes)] }

    /// Says only how many bytes came: nobody knows their meaning.
    static let bytes = PieceCutter { counted($0.count, "byte") }

    /// Shows the bytes as text.
    static let text = PieceCutter { quoted($0) }
}

/// Finds messages by a framing of the exercise's own, the one by which the other side reads.
struct FramedCutter<Format: Framing>: Cutter {
    private var framing: Format
    private let fields: @Sendable ([UInt8]) -> [Passage.Field]
    /// The bytes that the framing has not taken yet, and a copy to show, since it drops those that
    /// it takes.
    private var input = ByteQueue()
    private var unshown = ByteQueue()
    /// The stream has brought bytes that are no message of this exercise, and neither is the rest.
    private var isLost = false

    init(_ framing: Format, fields: @escaping @Sendable ([UInt8]) -> [Passage.Field]) {
        self.framing = framing
        self.fields = fields
    }

    var mayEndAtPause: Bool { !isLost && framing.mayEndAtPause(input) }

    mutating func add(_ bytes: [UInt8]) -> [Passage] {
        guard !isLost else { return PieceCutter.bytes.add(bytes) }
        input.append(bytes)
        unshown.append(bytes)
        return take { framing, input throws(ProtocolError) in try framing.decode(&input) }
    }

    mutating func pause() -> [Passage] {
        guard mayEndAtPause else { return part }
        let isLine = input.bytes.last == UInt8(ascii: "\n")
        return take(once: true, fault: isLine ? nil : "no line end") {
            framing, input throws(ProtocolError) in try framing.decodeAtEnd(&input)
        }
    }

    mutating func end(isCut: Bool) -> [Passage] {
        guard !isCut else { return part }
        let unfinished = part
        return take(unfinished: unfinished) { framing, input throws(ProtocolError) in
            try framing.decodeAtEnd(&input)
        }
    }

    /// The bytes of a message that is not whole yet.
    private var part: [Passage] {
        guard !isLost, let fault = framing.silence(after: input).bytes else { return [] }
        var passage = Passage("", fault: fault, Array(unshown.bytes))
        passage.isPart = true
        return [passage]
    }

    private mutating func take(
        once: Bool = false, fault: String? = nil, unfinished: [Passage] = [],
        by decode: (inout Format, inout ByteQueue) throws(ProtocolError) -> Format.Incoming?
    ) -> [Passage] {
        var passages: [Passage] = []
        do {
            while let message = try decode(&framing, &input) {
                let bytes = unshown.takeFirst(unshown.count - input.count)
                let description = framing.describe(incoming: message)
                var passage = Passage(description.words, fault: fault, bytes)
                passage.isSecret = description.isSecret
                passage.fields = fields(bytes)
                passages.append(passage)
                if once { break }
            }
        } catch {
            isLost = true
            let rest = Array(unshown.bytes)
            input.removeAll()
            unshown.removeAll()
            passages +=
                unfinished.isEmpty
                ? [Passage("", fault: error.description, rest)] : unfinished
        }
        return passages
    }
}

/// The bytes as text in quotes, as far as they are text.
func quoted(_ bytes: some Collection<UInt8>) -> String {
    "\"\(String(decoding: bytes, as: UTF8.self).escaped)\""
}

/// `1 byte`, `2 bytes`.
public func counted(_ count: some BinaryInteger, _ unit: String) -> String {
    count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
}
