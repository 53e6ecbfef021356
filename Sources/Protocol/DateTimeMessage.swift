/// A request for the date or the time, in a datagram.
///
/// Source: CS 212, Lab 2, question 3.
public enum DateTimeRequest: String, Sendable, CaseIterable {
    /// The date, answered as in `2026-11-21`.
    case date = "SEND_DATE"
    /// The time of day, answered as in `23:59:59`.
    case time = "SEND_TIME"

    /// Reads a datagram. One line end at its end is ignored: `nc -u` sends it.
    ///
    /// - Returns: `nil` for anything but the two words, letter for letter.
    public init?(datagram: [UInt8]) {
        var text = datagram[...]
        if text.last == UInt8(ascii: "\n") { text = text.withoutLineEnd }
        self.init(rawValue: String(decoding: text, as: UTF8.self))
    }

    /// The answer to anything else.
    public static let unknownRequest = "error: unknown request; send SEND_DATE or SEND_TIME"
}
