import Protocol

/// The formats that a class may have chosen in place of the sheet's, as Python's `struct` has them.
public struct Formats: Sendable {
    /// The format of requests, or of all messages; `nil` is the sheet's.
    public var layout: String?
    /// The format of the calculator's replies; `nil` is text.
    public var reply: String?

    /// Makes a choice of formats.
    public init(layout: String? = nil, reply: String? = nil) {
        self.layout = layout
        self.reply = reply
    }
}

/// How one side of an exercise speaks: where its messages end, and how they are described.
struct Speech: Sendable {
    /// Makes a cutter for one conversation.
    let cutter: @Sendable (Formats) throws(StructLayoutError) -> any Cutter

    /// Messages that the other side finds by `framing`.
    static func framed(
        fields: @escaping @Sendable ([UInt8]) -> [Passage.Field] = lineFields,
        _ framing: @escaping @Sendable () -> some Framing
    ) -> Speech {
        Speech { _ in FramedCutter(framing(), fields: fields) }
    }

    /// Binary messages of `format`, or of the one that `--layout` gives.
    static func binary(
        _ format: String,
        _ framing: @escaping @Sendable (String) throws(StructLayoutError) -> some Framing
    ) -> Speech {
        Speech { formats throws(StructLayoutError) in
            let format = formats.layout ?? format
            let layout = try StructLayout(format)
            return FramedCutter(try framing(format)) { _ in layout.allFields }
        }
    }

    /// Lines of text, of which a pause may end one from a program that never sends a newline.
    static let lines = framed { LineFraming() }

    /// Lines as long as a date in many words can become.
    static let longLines = framed { LineFraming(limit: Passage.keptLimit) }

    /// The bytes of one `recv` are one message of text.
    static let text = Speech { _ in PieceCutter.text }

    /// Bytes that nobody decodes.
    static let bytes = Speech { _ in PieceCutter.bytes }

    /// The calculator's replies: text, or numbers in the format that `--reply` gives.
    static let results = Speech { formats throws(StructLayoutError) in
        guard let format = formats.reply else {
            return FramedCutter(CalculatorClientFraming(), fields: lineFields)
        }
        let layout = try StructLayout(format)
        return FramedCutter(
            CalculatorClientFraming(replyLayout: try CalculatorReplyLayout(format))
        ) { _ in layout.allFields }
    }

    /// A web browser's requests: a request line, fields and an empty line.
    static let requests = framed(fields: { _ in [] }) { HTTPRequestFraming() }
    static let responses = Speech { _ in ResponseCutter() }

    static let fileReplies = Speech { _ in FileReplyCutter() }

    static let players = Speech { _ in
        QuizCutter(
            FramedCutter(
                LineFraming(traceIncoming: { QuizRequest.shown($0) }), fields: lineFields),
            of: .client)
    }
    static let quizmaster = Speech { _ in
        QuizCutter(FramedCutter(LineFraming(), fields: lineFields), of: .server)
    }
}

/// The text of a line and its end.
@Sendable func lineFields(_ bytes: [UInt8]) -> [Passage.Field] {
    let end = bytes.last == UInt8(ascii: "\n") ? bytes.hasSuffix("\r\n") ? 2 : 1 : 0
    let text = Passage.Field("text", 0..<bytes.count - end)
    return end == 0 ? [text] : [text, Passage.Field("line end", bytes.count - end..<bytes.count)]
}

extension [UInt8] {
    fileprivate func hasSuffix(_ text: String) -> Bool {
        suffix(text.utf8.count).elementsEqual(text.utf8)
    }
}

extension StructLayout {
    /// All bytes of a message, the padding included.
    var allFields: [Passage.Field] {
        var fields: [Passage.Field] = []
        var end = 0
        for field in self.fields {
            if field.offset > end { fields.append(.init("padding", end..<field.offset)) }
            end = field.offset + field.size
            fields.append(.init("\(field.code)", field.offset..<end, layout: field))
        }
        if end < size { fields.append(.init("padding", end..<size)) }
        return fields
    }
}
