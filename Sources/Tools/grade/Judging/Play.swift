import Console
import Conversations
import Protocol
import Sockets

/// One case with one program: the judge's connections, the program's processes, and the story.
///
/// Each case has a play of its own, and a program that was started for it, so that no case can
/// spoil another. It belongs to one thread.
final class Play {
    let exam: Exam
    let contest: Contest
    let chance: Chance
    /// How long an answer may take.
    let patience: Duration
    private(set) var record = Record()
    /// What is known, and what this case has found out.
    var findings: Findings
    /// The port of the server, whichever side that is.
    var port = 0
    /// The judge's socket, where the program that is judged is a client.
    var listener: Socket?
    /// The programs that run, by the names of their clients; a server's is `server`.
    var programs: [String: RunningSubject] = [:]
    private var peers: [String: Peer] = [:]

    init(
        _ exam: Exam, _ contest: Contest, _ findings: Findings, patience: Duration, chance: Chance
    ) {
        self.exam = exam
        self.contest = contest
        self.findings = findings
        self.patience = patience
        self.chance = chance
    }

    subscript<Value: Memory>(_ type: Value.Type) -> Value {
        get { findings[type] }
        set { findings[type] = newValue }
    }

    /// When an answer to something that happens now is late.
    var deadline: Instant { .now + patience }

    func note(_ words: String) { record.add(.note, "", words) }
    func note(_ kind: Record.Entry.Kind, _ who: String, _ words: String = "", _ bytes: [UInt8] = [])
    {
        record.add(kind, who, words, bytes)
    }

    // MARK: Connections

    /// The connection of a client.
    func peer(_ name: String) throws(Miss) -> Peer {
        guard let peer = peers[name] else { throw .notJudged("\(name) has not connected") }
        return peer
    }

    func add(_ peer: Peer) { peers[peer.name] = peer }
    func remove(_ name: String) { peers[name] = nil }

    /// Sends bytes on a connection, in pieces where the program should read them one by one.
    ///
    /// - Parameter sizes: The bytes of each piece but the last.
    func send(
        _ bytes: [UInt8], _ words: String, on name: String, cutInto sizes: [Int] = []
    ) throws(Miss) {
        let peer = try peer(name)
        let pieces = bytes.cut(into: sizes)
        let how = pieces.count == 1 ? "" : " as \(pieces.map { "\($0.count)" }.summed)"
        note(.says(exam.side.other), name, words + how, bytes)
        for (index, piece) in pieces.enumerated() {
            do throws(SocketError) {
                if let target = peer.target {
                    try peer.socket.sendDatagram(Array(piece), to: target)
                } else {
                    try peer.socket.sendAll(Array(piece))
                }
            } catch {
                _ = peer.take(until: .now)
                throw Miss(
                    wanted: "the program reads this", got: "the connection is gone",
                    peer.ending == .end ? .end : .reset, cause: breaks(at: sizes, of: bytes.count))
            }
            if index < pieces.count - 1 { waitUntilRead(peer) }
        }
        if pieces.count > 1 { brokenBy = (sizes, bytes.count) }
    }

    /// The pieces of the last message that was cut.
    private var brokenBy: ([Int], Int)?

    private func breaks(at sizes: [Int], of count: Int) -> String? {
        guard !sizes.isEmpty else { return nil }
        let pieces = sizes.map { "\($0)" } + ["\(count - sizes.reduce(0, +))"]
        return "it breaks when its \(counted(count, "byte")) come as \(pieces.summed)"
    }

    /// Waits until the program has taken what was sent, so that the next piece is one of its own.
    func waitUntilRead(_ peer: Peer) {
        let end = deadline
        guard let program = programs.values.first(where: { $0.reads(peer) != nil }) else {
            // Nothing tells: the program gets the time that it needs on an idle machine.
            return sleep(for: .milliseconds(100))
        }
        while let isRead = program.reads(peer), !isRead, .now < end, program.isAlive {
            sleep(for: .milliseconds(1))
        }
    }

    // MARK: Answers

    /// Waits for an answer, and takes it from the connection.
    ///
    /// - Returns: The bytes of the answer.
    @discardableResult
    func receive(_ wanted: Wanted, on name: String, within time: Duration? = nil) throws(Miss)
        -> [UInt8]
    {
        let peer = try peer(name)
        let patience = time ?? patience
        var end = Instant.now + patience
        while true {
            switch wanted.match(peer.buffer, peer.ending != nil) {
            case .found(let count, let words):
                // What has come together with it may belong to it.
                if peer.target == nil, count == peer.buffer.count, peer.take(until: .now) {
                    continue
                }
                let bytes = Array(peer.buffer.prefix(count))
                peer.buffer.removeFirst(count)
                note(.says(exam.side), name, words, bytes)
                brokenBy = nil
                return bytes
            case .wrong: throw miss(wanted, on: peer, .wrong)
            case .more: break
            }
            if let ending = peer.ending {
                throw miss(wanted, on: peer, ending == .end ? .end : .reset)
            }
            guard peer.take(until: end) else { throw miss(wanted, on: peer, .silence) }
            end = .now + patience
        }
    }

    private func miss(_ wanted: Wanted, on peer: Peer, _ end: Miss.End) -> Miss {
        let got = peer.buffer
        var cause = wanted.mistakes.first { $0.bytes == got && !got.isEmpty }?.cause
        cause = cause ?? wanted.explain(got)
        if cause == nil, let (sizes, count) = brokenBy { cause = breaks(at: sizes, of: count) }
        guard !wanted.pattern.isEmpty else {
            return Miss(wanted: wanted.words, got: got.shown, end, cause: cause)
        }
        var miss = Miss(wanted: wanted.words, got: got.words ?? "", end, cause: cause)
        miss.bytes = (wanted.pattern.digits, got.digits)
        return miss
    }

    /// Waits for the program's end of a connection.
    ///
    /// - Parameter passing: Whether bytes before the end are allowed.
    func expectEnd(on name: String, passing: Bool, resetToo: Bool = true) throws(Miss) {
        let peer = try peer(name)
        let end = deadline
        while peer.ending == nil {
            if !passing, !peer.buffer.isEmpty { break }
            guard peer.take(until: end) else { break }
        }
        switch peer.ending {
        case .end: note(.ends(exam.side), name)
        case .reset where resetToo: note(.resets(exam.side), name)
        default:
            throw Miss(
                wanted: "the end of the stream", got: peer.buffer.shown,
                peer.ending == .reset ? .reset : peer.buffer.isEmpty || passing ? .silence : .wrong)
        }
    }

    /// Lets the case begin again, as if nothing had been started and nobody had connected.
    func startOver() {
        _ = finish()
        programs = [:]
        listener = nil
    }

    /// Closes everything of the judge's, and ends all programs.
    ///
    /// - Returns: The processes that the programs left behind.
    func finish() -> [String] {
        for name in peers.keys { peers[name]?.socket.close() }
        peers = [:]
        listener?.close()
        return programs.sorted { $0.key < $1.key }.flatMap { $0.value.end() }
    }
}

extension [UInt8] {
    /// The bytes in pieces of these sizes, and the rest.
    func cut(into sizes: [Int]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = self[...]
        for size in sizes where size < rest.count {
            pieces.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return pieces + [rest]
    }

    /// The bytes for a report: hex, and as text where they are text.
    var shown: String { words.map { "\($0)  \(digits)" } ?? digits }

    /// The first bytes in hex; `nothing` where there are none.
    var digits: String { isEmpty ? "nothing" : map(Optional.some).digits }

    /// The beginning of the text in quotes; `nil` where the bytes are no text.
    var words: String? {
        guard !isEmpty, let text = String(validating: self, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ $0.isPrintable || [9, 10, 13].contains($0.value) })
        else { return nil }
        let shown = String(text.unicodeScalars.prefix(200))
            .replacing("\r", with: "\\r").replacing("\n", with: "\\n").escaped
        return "\"\(shown)\(text.unicodeScalars.count > 200 ? "…" : "")\""
    }
}

extension [UInt8?] {
    /// The first bytes in hex, and how many there are where those are not all.
    var digits: String {
        Array(prefix(32)).hex + (count > 32 ? " … \(count) bytes" : "")
    }
}

extension [String] {
    /// `1 + 7`, or `8 pieces` where there are many.
    var summed: String { count > 4 ? "\(count) pieces" : joined(separator: " + ") }
}

extension Play {
    /// The last words of a program that has ended or complained.
    var lastWords: String? {
        let ended = programs.sorted { $0.key < $1.key }.map(\.value).first { $0.ending != nil }
        guard let ended, let ending = ended.ending else { return nil }
        return "the program \(ending.words)" + (ended.lastWords.map { ": \($0)" } ?? "")
    }

    /// A line to try the same by hand with programs that everybody has; `nil` if there is none.
    var attempt: String? { nil }
}
