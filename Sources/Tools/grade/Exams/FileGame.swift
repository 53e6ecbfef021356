import Protocol

/// The file that the judge asks for, or is asked for.
let fileName = "Notes.txt"

/// The contents of the files that are sent.
enum FileContent {
    /// So many bytes of every value, no two blocks alike.
    static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 251 &+ $0 / 1_024) }
    }

    /// Every byte value, line ends of both kinds, and zeros at the end.
    static let binary: [UInt8] =
        Array(0...255) + Array("\r\nend\n\r\n".utf8) + [0x1a, 0xff, 0xfe, 10, 32, 0, 0]

    static let text = Array("A file of one line, and a little more.\n".utf8)
    static let big = 1_048_576 + 7
    /// The sizes around the sheet's block.
    static let sizes = [0, 1, 1_023, 1_024, 1_025]

    static func name(_ size: Int) -> String { "Size\(size).bin" }
}

/// What stands before the bytes of a file, by its size.
struct FileHead: Sendable {
    let words: String
    /// The number of bytes is known from the head; otherwise the end of the stream ends the file.
    let isCounted: Bool
    let bytes: @Sendable (_ size: Int) -> [UInt8]

    /// The bare bytes first, as most programs send them.
    static let candidates = [
        FileHead(words: "bare bytes until the end of the stream", isCounted: false) { _ in [] },
        FileHead(words: "the size on a line before the bytes", isCounted: true) {
            Array("\($0)\n".utf8)
        },
        FileHead(words: "the size as 8 bytes before the bytes", isCounted: true) {
            bigEndian($0, 8)
        },
        FileHead(words: "the size as 4 bytes before the bytes", isCounted: true) {
            bigEndian($0, 4)
        },
        FileHead(words: "\"OK\" before the bytes", isCounted: false) { _ in Array("OK".utf8) },
        FileHead(words: "\"OK\" on a line before the bytes", isCounted: false) { _ in
            Array("OK\n".utf8)
        },
    ]

    private static func bigEndian(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

extension Wanted {
    /// A whole file after one of these heads.
    static func file(_ content: [UInt8], _ heads: [FileHead] = FileHead.candidates) -> Wanted {
        let words = "the file's \(content.count) bytes"
        var wanted = Wanted(words, pattern: Array(content.prefix(32))) { bytes, hasEnded in
            var isBeginning = false
            for head in heads {
                let right = head.bytes(content.count) + content
                isBeginning = isBeginning || right.starts(with: bytes)
                if bytes == right, hasEnded || head.isCounted {
                    return .found(count: bytes.count, words: words)
                }
            }
            return isBeginning ? .more : .wrong
        }
        wanted.explain = { FileDifference(content, $0).words }
        return wanted
    }
}

/// In what two files differ, as a fact.
struct FileDifference {
    let words: String?

    init(_ right: [UInt8], _ got: [UInt8]) {
        let same = zip(right, got).prefix { $0 == $1 }.count
        if got == right {
            words = nil
        } else if same == got.count {
            words = "it ends after \(got.count) of \(right.count) bytes"
        } else if same == right.count {
            words = "\(got.count - right.count) bytes more than the file has"
        } else {
            words = "byte \(same + 1) of \(right.count) is another one"
        }
    }
}
