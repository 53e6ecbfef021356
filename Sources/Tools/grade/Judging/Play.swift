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
    var record = Record()
    /// What is known, and what this case has found out.
    var findings: Findings
    /// The port of the server, whichever side that is.
    var port = 0
    /// Keeps the port, since several judges may be at work on one machine.
    private(set) var takenPort: Port?
    /// The judge's socket, where the program that is judged is a client.
    var listener: Socket?
    /// The programs that run, by the names of their clients; a server's is `server`.
    var programs: [String: RunningSubject] = [:]
    /// What was sent last on each connection, and the sizes of its pieces but the last.
    private(set) var lastSent: [String: (bytes: [UInt8], sizes: [Int])] = [:]
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

    /// Forgets the story so far, which told of other formats than the program's.
    func forgetStory() { record = Record() }

    func note(_ words: String) { record.add(.note, "", words) }
    func note(_ kind: Record.Entry.Kind, _ who: String, _ words: String = "", _ bytes: [UInt8] = [])
    {
        record.add(kind, who, words, bytes)
    }

    /// Takes a port for the server, whichever side that is.
    func takePort() throws(Miss) {
        let isDatagram = exam.exercise?.transport == .udp
        let taken = try Port(for: isDatagram ? .datagram : .stream)
        takenPort = taken
        port = taken.number
    }

    /// Whether a client has met another program at the port.
    var metRival = false

    /// The same, or one is there; ask when all programs of the play have ended.
    var hasRival: Bool { metRival || takenPort?.isTaken == true }

    /// The same, or one was there when the program wanted the port.
    var mayHaveRival: Bool {
        hasRival || (listener == nil && programs.values.contains(where: \.saysInUse))
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
    /// - Parameters:
    ///   - sizes: The bytes of each piece but the last.
    ///   - isRest: The same message has begun with what was sent last.
    func send(
        _ bytes: [UInt8], _ words: String, on name: String, cutInto sizes: [Int] = [],
        isRest: Bool = false
    ) throws(Miss) {
        let peer = try peer(name)
        let pieces = bytes.cut(into: sizes)
        let how = pieces.count == 1 ? "" : " as \(pieces.map { "\($0.count)" }.summed)"
        note(.says(exam.side.other), name, words + how, bytes)
        let begun = isRest ? lastSent[name]?.bytes ?? [] : []
        lastSent[name] = (begun + bytes, begun.isEmpty ? sizes : [begun.count])
        // The system may take what is sent to a program that has ended, or refuse it.
        if exam.side == .server, ended != nil {
            throw Miss(wanted: "the program reads this", got: Miss.gone, .reset)
        }
        var isReading = true
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
                    wanted: "the program reads this", got: Miss.gone,
                    peer.ending?.ofWait ?? .reset, cause: breaks(at: sizes, of: bytes.count))
            }
            // A program that does not read one piece will not read the next one alone, either.
            if index < pieces.count - 1, isReading { isReading = waitUntilRead(peer) }
        }
        if pieces.count > 1 { brokenBy = (sizes, bytes.count) }
    }

    /// The pieces of the last message that was cut.
    var brokenBy: ([Int], Int)?

    func breaks(at sizes: [Int], of count: Int) -> String? {
        guard !sizes.isEmpty else { return nil }
        let pieces = sizes.map { "\($0)" } + ["\(count - sizes.reduce(0, +))"]
        return "it breaks when its \(counted(count, "byte")) come as \(pieces.summed)"
    }

    /// Waits until the program has taken what was sent, so that the next piece is one of its own.
    ///
    /// - Returns: Whether it has, as far as the system tells.
    @discardableResult
    func waitUntilRead(_ peer: Peer) -> Bool {
        let end = deadline
        guard let program = programs.values.first(where: { $0.reads(peer) != nil }) else {
            // Nothing tells: the program gets the time that it needs on an idle machine.
            sleep(for: .milliseconds(100))
            return true
        }
        while let isRead = program.reads(peer), !isRead, .now < end, program.isAlive {
            sleep(for: .milliseconds(1))
        }
        return program.reads(peer) != false
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
    /// The program that has ended.
    private var ended: (program: RunningSubject, ending: Ending)? {
        for (_, program) in programs.sorted(by: { $0.key < $1.key }) {
            if let ending = program.ending { return (program, ending) }
        }
        return nil
    }

    /// The same miss where a connection has gone because the program has crashed.
    ///
    /// It is chance whether the system tells that by an end or by a reset, and while sending or
    /// while receiving.
    func settled(_ miss: Miss) -> Miss {
        guard [.end, .reset].contains(miss.end) else { return miss }
        let end = deadline
        while programs.values.allSatisfy(\.isAlive), .now < end { sleep(for: .milliseconds(10)) }
        guard let ending = ended?.ending, ending != .code(0) else { return miss }
        let got = miss.bytes?.got ?? miss.got
        if ["nothing", Miss.gone].contains(got) {
            return Miss(
                wanted: "the program runs on", got: "the program \(ending.words)", .exit,
                cause: miss.cause)
        }
        var miss = miss
        miss.end = .exit
        return miss
    }

    /// The last words of a program that has ended.
    func lastWords(after miss: Miss) -> String? {
        guard let (program, ending) = ended else { return nil }
        let end = "the program \(ending.words)"
        if miss.got.hasPrefix(end) { return program.lastWords }
        return end + (program.lastWords.map { ": \($0)" } ?? "")
    }
}
