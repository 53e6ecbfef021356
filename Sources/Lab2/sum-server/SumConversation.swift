import Protocol

/// What one client of the sum server has said so far.
struct SumConversation {
    /// A name whose number is to come on the next line.
    private var name: String?

    /// Takes the client's next line.
    ///
    /// - Parameter isLast: Whether the client can send nothing more.
    /// - Returns: The name and the number, once both have come or can no longer come.
    mutating func take(_ line: String, isLast: Bool) -> SumMessage? {
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
}
