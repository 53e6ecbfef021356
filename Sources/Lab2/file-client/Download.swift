import Console
import Files
import Protocol
import Sockets

/// A file that is being received.
struct Download {
    /// The number of bytes that have come.
    private(set) var count = 0

    private let name: String
    private let file: ReplacementFile
    private let trace: ((String) -> Void)?
    private var buffer = [UInt8](repeating: 0, count: 1_048_576)

    init(of name: String, into file: ReplacementFile, trace: ((String) -> Void)?) {
        self.name = name
        self.file = file
        self.trace = trace
    }

    /// Takes all bytes until the end of the stream.
    ///
    /// - Throws: `SocketError` for a broken transfer; `FileError` if writing fails.
    mutating func takeBareBytes(from server: Socket) throws {
        let progress = ProgressBar(name, total: nil)
        while let length = try receive(from: server, after: "\(count) bytes came") {
            try file.write(buffer[..<length])
            count += length
            progress.update(count)
        }
    }

    /// Takes a framed reply to its end.
    ///
    /// - Throws: `SocketError` or `ProtocolError` for a broken transfer or a refusal; `FileError`
    ///   if writing fails.
    mutating func takeBlocks(from server: Socket) throws {
        var parser = FileReplyParser()
        var progress: ProgressBar?
        while let length = try receive(from: server, after: parser.progress) {
            var chunk = buffer[..<length]
            var ranges: [Range<Int>] = []
            var isComplete = false
            while !isComplete, let event = try parser.next(in: &chunk) {
                switch event {
                case .size(let size):
                    progress = ProgressBar(name, total: Int(clamping: size))
                case .data(let range):
                    ranges.append(range)
                    count += range.count
                case .refused(let reason):
                    throw ProtocolError("the server refused the file: \(reason.escaped)")
                case .end: isComplete = true
                }
            }
            try file.write(ranges, of: buffer)
            progress?.update(count)
            if isComplete { return }
        }
        try parser.finish()
    }

    private mutating func receive(from server: Socket, after progress: String) throws -> Int? {
        do throws(SocketError) {
            guard case .count(let length) = try server.receive(into: &buffer) else { return nil }
            trace?("from the server: \(length) bytes [\(hexadecimal(buffer[..<length]))]")
            return length
        } catch {
            throw error.isTimeout ? ProtocolError("\(error); \(progress)") : error
        }
    }
}
