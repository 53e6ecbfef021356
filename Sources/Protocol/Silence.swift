/// The facts about a peer that owes a message, or the rest of one, and sends nothing more.
public struct Silence: Sendable {
    /// How much has come of a message, as in `5 of 8 bytes`; `nil` if none has begun.
    public let bytes: String?
    /// The name of the part that has begun, as in `a message`.
    private let whole: String
    /// A hint for the user, for the end of an error's text.
    public let advice: String?

    /// The part that has come, as in `5 of 8 bytes of a message`; `nil` if none has begun.
    public var part: String? { bytes.map { "\($0) of \(whole)" } }

    /// The advice as the end of an error's text, or nothing.
    public var clause: String { advice.map { "; \($0)" } ?? "" }

    /// Counts the bytes of a message that have come.
    ///
    /// - Parameters:
    ///   - input: The bytes that have come.
    ///   - size: How many bytes the message has, if that is known.
    ///   - advice: A hint for the user.
    public init(after input: ByteQueue, of size: Int? = nil, advice: String? = nil) {
        let count = input.count
        var bytes = count == 1 ? "1 byte" : "\(count) bytes"
        if let size { bytes = "\(count) of \(size) bytes" }
        self.init(count == 0 ? nil : bytes, of: "a message", advice: advice)
    }

    /// Takes the part of `whole` that has come, in words.
    init(_ bytes: String?, of whole: String, advice: String? = nil) {
        self.bytes = bytes
        self.whole = whole
        self.advice = advice
    }
}
