/// The reply to a request for the time in a format: one line.
///
/// Source: Programming 2, Processing Client Requests.
public struct StrftimeReply: Sendable, Equatable, CustomStringConvertible {
    /// The most bytes of a reply, without its line end. A format of a few bytes can ask for more:
    /// `%100000d` is the day of the month, filled up to 100,000 digits.
    public static let limit = 65_536

    /// The line to send.
    public let description: String

    /// Makes the reply to a format.
    ///
    /// Control characters are escaped: a line end in the format, or `%n`, would make two replies of
    /// one.
    ///
    /// - Parameters:
    ///   - format: A format of `strftime(3)`; the reply to an empty one is an empty line.
    ///   - time: Writes the time in a format, in at most `limit` bytes; returns `nil` if it would
    ///     take more.
    public init(to format: TextLine, writtenBy time: (_ format: String, _ limit: Int) -> String?) {
        if !format.isValidUTF8 {
            description = "error: the format is not UTF-8"
        } else if Self.endsWithLonePercentSign(format.text) {
            description = "error: the format ends with a lone %; a percent sign is %%"
        } else if let text = time(format.text, Self.limit)?.escaped, text.utf8.count <= Self.limit {
            description = text
        } else {
            description = "error: the time in this format is longer than \(Self.limit) bytes"
        }
    }

    /// Whether the format ends with a `%` that begins no conversion. The second `%` of `%%` is not
    /// such a one; neither is the second of `%5%`, where a width stands between the two.
    private static func endsWithLonePercentSign(_ format: String) -> Bool {
        var rest = Substring(format).utf8
        while let sign = rest.firstIndex(of: UInt8(ascii: "%")) {
            rest = rest[sign...].dropFirst()
            guard !rest.isEmpty else { return true }
            // Flags and a width, then perhaps a modifier, then the conversion itself.
            rest = rest.drop { "_-+^#0123456789".utf8.contains($0) }
            if rest.first == UInt8(ascii: "E") || rest.first == UInt8(ascii: "O") {
                rest = rest.dropFirst()
            }
            rest = rest.dropFirst()
        }
        return false
    }
}
