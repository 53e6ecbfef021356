import Protocol

/// Keeps the first bytes that came, and counts the rest.
private struct Gathered: Sendable {
    private var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func add(_ more: some Collection<UInt8>) {
        bytes += more.prefix(Passage.keptLimit - bytes.count)
        count += more.count
    }

    /// Gives it as one passage that may still grow.
    func part(_ words: String, fault: String? = nil) -> Passage {
        var passage = Passage(words, fault: fault, bytes)
        passage.count = count
        passage.isPart = true
        return passage
    }

    /// Gives all of it as one passage, and begins anew.
    mutating func take(_ words: String, fault: String? = nil) -> Passage {
        var passage = Passage(words, fault: fault, bytes)
        passage.count = count
        self = Gathered()
        return passage
    }
}

/// The file server's reply: a size, blocks and their end; or the bare file, if the client asked for
/// that.
struct FileReplyCutter: Cutter {
    private var parser = FileReplyParser()
    private var held = Gathered()
    private var isPlain = false
    private var isLost = false

    mutating func notice(_ passage: Passage) {
        // A framed request begins with a zero.
        isPlain = passage.bytes.first != 0
    }

    mutating func add(_ bytes: [UInt8]) -> [Passage] {
        guard !isLost else { return PieceCutter.bytes.add(bytes) }
        guard !isPlain else {
            held.add(bytes)
            return []
        }
        var passages: [Passage] = []
        var chunk = bytes[...]
        do {
            while !chunk.isEmpty {
                let before = chunk
                let event = try parser.next(in: &chunk)
                held.add(before.prefix(before.count - chunk.count))
                switch event {
                case .size(let size): passages.append(held.take("file of \(counted(size, "byte"))"))
                case .data where parser.isWithinBlock: break
                case .data: passages.append(held.take("block of \(held.count - 2) bytes"))
                case .refused(let reason): passages.append(held.take("refused: \(reason.escaped)"))
                case .end: passages.append(held.take("end of the file"))
                case nil: break
                }
            }
        } catch {
            isLost = true
            held.add(chunk)
            passages.append(held.take("", fault: error.description))
        }
        return passages
    }

    func pause() -> [Passage] {
        guard held.count > 0 else { return [] }
        return [
            isPlain
                ? held.part("file", fault: "\(counted(held.count, "byte")) so far")
                : held.part("", fault: parser.progress)
        ]
    }

    mutating func end(isCut: Bool) -> [Passage] {
        guard isPlain, !isCut, held.count > 0 else { return pause() }
        return [held.take("file of \(counted(held.count, "byte"))")]
    }
}

/// A web server's response: its head, and its body in one piece.
struct ResponseCutter: Cutter {
    private var framing = HTTPFraming()
    private var input = ByteQueue()
    private var unshown = ByteQueue()
    private var held = Gathered()
    /// How many bytes of the body have come, without the lines of their chunks.
    private var bodyCount = 0
    private var isLost = false

    mutating func add(_ bytes: [UInt8]) -> [Passage] {
        guard !isLost else { return PieceCutter.bytes.add(bytes) }
        input.append(bytes)
        unshown.append(bytes)
        return take { framing, input throws(ProtocolError) in try framing.decode(&input) }
    }

    func pause() -> [Passage] {
        guard !isLost, held.count > 0 else { return [] }
        return [held.part("body", fault: "\(counted(bodyCount, "byte")) so far")]
    }

    mutating func end(isCut: Bool) -> [Passage] {
        isCut
            ? pause()
            : take { framing, input throws(ProtocolError) in try framing.decodeAtEnd(&input) }
    }

    private mutating func take(
        by decode: (inout HTTPFraming, inout ByteQueue) throws(ProtocolError) -> HTTPResponsePart?
    ) -> [Passage] {
        var passages: [Passage] = []
        do {
            while let part = try decode(&framing, &input) {
                held.add(unshown.takeFirst(unshown.count - input.count))
                switch part {
                case .head: passages.append(held.take(framing.describe(incoming: part).words))
                case .body(let bytes): bodyCount += bytes.count
                case .end where held.count > 0:
                    passages.append(held.take("body of \(counted(bodyCount, "byte"))"))
                case .end: break
                }
            }
            // The lines between the chunks belong to the body.
            if held.count > 0 { held.add(unshown.takeFirst(unshown.count - input.count)) }
        } catch {
            isLost = true
            held.add(unshown.bytes)
            input.removeAll()
            unshown.removeAll()
            passages.append(held.take("", fault: error.description))
        }
        return passages
    }
}

/// Keeps passwords out of the messages of the quiz that are shown.
struct QuizCutter<Base: Cutter>: Cutter {
    private var base: Base
    private let side: Side
    /// The words of the client's messages with a password in them. A server may send them back.
    private var secrets: Set<String> = []
    /// There were too many of them: from here on nothing that the server says is shown.
    private var hidesAll = false
    private static var secretLimit: Int { 256 }

    init(_ base: Base, of side: Side) {
        self.base = base
        self.side = side
    }

    var mayEndAtPause: Bool { base.mayEndAtPause }
    mutating func add(_ bytes: [UInt8]) -> [Passage] { hide(in: base.add(bytes)) }
    mutating func pause() -> [Passage] { hide(in: base.pause()) }
    mutating func end(isCut: Bool) -> [Passage] { hide(in: base.end(isCut: isCut)) }

    mutating func notice(_ passage: Passage) {
        guard side == .server, passage.isSecret else { return }
        let text = String(decoding: passage.bytes, as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        // A message that is no valid request may be a password as a whole.
        let password = (try? QuizRequest(text))?.password?.lowercased()
        secrets.formUnion(password.map { [$0] } ?? words)
        hidesAll = hidesAll || secrets.count > Self.secretLimit
        if hidesAll { secrets = [] }
    }

    private func hide(in passages: [Passage]) -> [Passage] {
        passages.map { passage in
            var passage = passage
            if side == .client {
                // Nobody can say of a part of a message whether it is a password.
                // The same goes for bytes that are no message: only a message has fields.
                if passage.fault != nil || passage.fields.isEmpty { passage.isSecret = true }
            } else {
                let text = String(decoding: passage.bytes, as: UTF8.self).lowercased()
                if hidesAll || secrets.contains(where: { text.contains($0) }) {
                    passage.isSecret = true
                    passage.words = "\"***\""
                }
            }
            return passage
        }
    }
}
