/// The framing of the file server: it receives requests in both forms, and sends bytes.
///
/// The first byte tells the two forms apart: a framed request begins with the upper byte of a
/// length below 16 MiB, so with a zero, and no name holds a zero.
///
/// Source: Redes de Computadores, Lab 2, Assignment 3.
public struct FileRequestFraming: Framing {
    private var lines = LineFraming(limit: FileRequest.nameLimit)

    /// Makes a framing for one client.
    public init() {}

    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> FileRequest? {
        guard !input.isEmpty else { return nil }
        guard isFramed(input) else {
            return try lines.decode(&input).map(Self.plainRequest)
        }
        guard input.count >= 4 else { return nil }
        let length = Int(input[1]) << 16 | Int(input[2]) << 8 | Int(input[3])
        guard length <= FileRequest.nameLimit else {
            // The client gets the reason. Drop the bytes of the name, which are no other message.
            input.removeAll()
            let name = "a name of \(length) bytes"
            return FileRequest(name, isFramed: true, flaw: "name too long")
        }
        guard input.count >= 4 + length else { return nil }
        input.removeFirst(4)
        let (name, isValid) = String.repairing(input.takeFirst(length))
        return FileRequest(name, isFramed: true, flaw: isValid ? nil : Self.notUTF8)
    }

    public mutating func decodeAtEnd(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> FileRequest? {
        guard !input.isEmpty else { return nil }
        guard isFramed(input) else {
            return try lines.decodeAtEnd(&input).map(Self.plainRequest)
        }
        throw ProtocolError("request cut off after \(input.count) bytes")
    }

    public func mayEndAtPause(_ input: ByteQueue) -> Bool {
        !input.isEmpty && !isFramed(input) && lines.mayEndAtPause(input)
    }

    public func encode(_ message: [UInt8], into output: inout [UInt8]) {
        output.append(contentsOf: message)
    }

    public func describe(outgoing message: [UInt8]) -> MessageDescription {
        MessageDescription("\(message.count) bytes")
    }

    private func isFramed(_ input: borrowing ByteQueue) -> Bool { input[0] == 0 }

    private static func plainRequest(_ line: TextLine) -> FileRequest {
        FileRequest(line.text, isFramed: false, flaw: line.isValidUTF8 ? nil : notUTF8)
    }

    private static let notUTF8 = "the name is not UTF-8"
}
