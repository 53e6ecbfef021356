/// What one side of a sum has said so far: a name and a number, on one line or on two.
public struct SumConversation: Sendable {
    /// A name whose number is to come on the next line.
    private var name: String?

    /// Makes a conversation in which nothing has been said.
    public init() {}

    /// Takes the next line.
    ///
    /// - Parameter isLast: Whether nothing more can follow.
    /// - Returns: The name and the number, once both have come or can no longer come.
    public mutating func take(_ line: String, isLast: Bool) -> SumMessage? {
        if let name { return SumMessage(name: name, numberLine: line) }
        switch SumLine(line) {
        case .message(let message): return message
        case .name(let name) where isLast:
            return SumMessage(name: name, separator: "", number: .missing)
        case .name(let name):
            self.name = name
            return nil
        }
    }

    /// Takes a whole text, as it is sent.
    ///
    /// - Returns: `nil` if there is not exactly one name and one number in it.
    public static func message(in text: String) -> SumMessage? {
        var conversation = SumConversation()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first,
            let message = conversation.take(String(first), isLast: lines.count == 1)
                ?? conversation.take(lines.dropFirst().joined(separator: "\n"), isLast: true)
        else { return nil }
        return message
    }
}
