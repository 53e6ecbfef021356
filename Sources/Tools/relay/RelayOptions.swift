import Console
import Conversations
import Protocol
import Sockets

/// The options of the relay, declared in the order in which `--help` shows them.
struct RelayOptions {
    private let layout: Setting<String?>
    private let reply: Setting<String?>
    private let full: Setting<Bool>
    private let segments: Setting<Bool>
    private let times: Setting<Bool>
    private let ladder: Setting<String?>
    private let capture: Setting<String?>
    private let web: Setting<Int?>
    private let reader: Setting<Side?>
    private let chop: Setting<Damage.Chop?>
    private let glue: Setting<Delay?>
    private let delay: Setting<Delay?>
    private let rate: Setting<Int?>
    private let resetAfter: Setting<Int?>
    private let endAfter: Setting<Int?>
    private let stallAfter: Setting<Int?>
    private let lose: Setting<Int>
    private let twice: Setting<Int>
    private let swap: Setting<Int>
    private let flip: Setting<Int>
    private let seed: Setting<Chance>
    private let timeout: Setting<Duration>
    private let pause: Setting<Duration>
    private let poller: Setting<Poller.Mechanism>
    private let trace: Setting<(@Sendable (String) -> Void)?>

    init(of program: Program) {
        layout = program.option(
            "layout", "<format>", "the class's own format of requests, or of all messages")
        reply = program.option(
            "reply", "<format>", "the class's own format of the calculator's replies")
        full = program.flag("full", "shows all of a long message")
        segments = program.flag("segments", "shows each recv and its number of bytes as well")
        times = program.flag("times", "shows the seconds since the connection began")
        ladder = program.option("ladder", "<file>", "draws the conversation as a picture in SVG")
        capture = program.option(
            "capture", "<file>", "writes the packets for Wireshark, passwords included")
        web = program.option(
            "web", "<port>", in: 0...65_535, default: "off",
            "shows it as it goes on in a browser of this machine, at this port")
        reader = program.option(
            "to", "<side>", "damages only the bytes to the server, or to the client",
            parse: { text in
                guard let side = Side(rawValue: text) else {
                    throw UsageError("'\(text)' is neither server nor client")
                }
                return side
            })
        chop = program.option(
            "chop", "<n>", "sends segments of so many bytes, or of random sizes",
            parse: { text in
                if text == "random" { return .random }
                guard let size = Int(text), (1...1_048_576).contains(size) else {
                    throw UsageError("'\(text)' is neither random nor a number from 1 to 1048576")
                }
                return .every(size)
            })
        glue = program.option(
            "glue", "<seconds>",
            "collects the bytes of this time, and sends them as one segment",
            parse: { try Delay($0) })
        delay = program.option(
            "delay", "<seconds>", "lets everything arrive so much later, or <min>-<max> at random",
            parse: { try Delay($0) })
        let (most, off) = (1_000_000_000, "off")
        rate = program.option(
            "rate", "<bytes>", in: 1...most, default: off, "lets so many bytes a second pass")
        resetAfter = program.option(
            "reset-after", "<bytes>", in: 0...most, default: off, "resets the connection")
        endAfter = program.option(
            "end-after", "<bytes>", in: 0...most, default: off,
            "ends the stream; the other direction goes on")
        stallAfter = program.option(
            "stall-after", "<bytes>", in: 0...most, default: off, "lets nothing more pass")
        func percent(_ name: String, _ damage: String) -> Setting<Int> {
            program.option(name, "<percent>", in: 0...100, default: 0, "\(damage) of the datagrams")
        }
        lose = percent("lose", "loses so many")
        twice = percent("twice", "doubles so many")
        swap = percent("swap", "lets the next one overtake so many")
        flip = percent("damage", "changes a bit in so many")
        seed = program.seed()
        timeout = program.timeout()
        pause = program.pause()
        poller = program.poller(default: Poller.Mechanism.best)
        trace = program.trace()
    }

    /// The view on standard output.
    var text: TextView {
        TextView(isFull: full.value, showsSegments: segments.value, showsTimes: times.value)
    }

    /// The files that were asked for, open.
    ///
    /// - Throws: `FileError` for one that cannot be written, `UsageError` for one with two tasks.
    func records() throws -> Records {
        if let file = ladder.value, file == capture.value {
            throw UsageError("--ladder and --capture cannot both be '\(file)'")
        }
        return try Records(ladder: ladder.value, capture: capture.value, showsTimes: times.value)
    }

    /// The live page, if one is asked for.
    func page(for settings: RelaySettings) throws -> LivePage? {
        try web.value.map {
            try LivePage(
                port: $0, exercise: settings.exercise.name, timeout: settings.timeout,
                showsSegments: segments.value)
        }
    }

    /// The wishes, checked against the formats and the damage that the exercise can have.
    ///
    /// - Throws: `UsageError` for an unknown exercise, or an option that it does not have.
    func settings(for name: String?) throws -> RelaySettings {
        guard let name else { throw UsageError("missing <exercise>; --list shows them") }
        guard let exercise = Exercise(named: name) else {
            throw UsageError("'\(name)' is no exercise; --list shows them")
        }
        let formats = Formats(layout: layout.value, reply: reply.value)
        for (option, value) in [(Exercise.Option.layout, layout.value), (.reply, reply.value)]
        where value != nil && !exercise.options.contains(option) {
            throw UsageError("--\(option): the messages of \(name) have no such format")
        }
        do {
            _ = try Conversation(1, of: exercise, formats: formats)
        } catch {
            throw UsageError("\(error)")
        }
        return RelaySettings(
            exercise: exercise, formats: formats, damage: try damage(on: exercise.transport),
            damagedReader: reader.value, chance: seed.value, timeout: timeout.value,
            pause: pause.value, poller: poller.value,
            trace: trace.value)
    }

    private func damage(on transport: Exercise.Transport) throws(UsageError) -> Damage? {
        let cuts: [(Damage.Cut, String, Int?)] = [
            (.reset, "reset-after", resetAfter.value), (.end, "end-after", endAfter.value),
            (.stall, "stall-after", stallAfter.value),
        ]
        let given = cuts.filter { $0.2 != nil }
        guard given.count < 2 else {
            throw UsageError("--\(given[0].1) and --\(given[1].1) exclude each other")
        }
        let stream: [(String, Bool)] =
            [
                ("chop", chop.value != nil), ("glue", glue.value != nil),
                ("rate", rate.value != nil),
            ] + cuts.map { ($0.1, $0.2 != nil) }
        let datagram = [
            ("lose", lose.value), ("twice", twice.value), ("swap", swap.value),
            ("damage", flip.value),
        ].map { ($0.0, $0.1 > 0) }
        let foreign = transport == .tcp ? datagram : stream
        if let (option, _) = foreign.first(where: \.1) {
            throw UsageError(
                transport == .tcp
                    ? "--\(option): TCP loses and doubles nothing; this is for UDP"
                    : "--\(option): a datagram is not cut; this is for TCP")
        }
        guard delay.value != nil || (stream + datagram).contains(where: \.1) else { return nil }
        return Damage(
            chop: chop.value, glue: glue.value?.next(seed.value), delay: delay.value,
            rate: rate.value, cut: given.first.map { ($0.0, $0.2 ?? 0) }, lose: lose.value,
            twice: twice.value, swap: swap.value, flip: flip.value)
    }
}

/// The two ends of the relay on the command line.
enum Route {
    /// Reads `[<address>] <port> <host>:<port>`.
    static func parse(
        _ given: [String]
    ) throws(UsageError) -> (listening: Endpoint, server: Endpoint) {
        guard given.count >= 2 else {
            throw UsageError("missing <port> and <host>:<port>, as in 10001 localhost:10000")
        }
        // A port has no colon, so a colon tells where the server's place stands.
        let count = given.count == 2 || given[1].contains(":") ? 2 : 3
        guard given.count <= count else {
            throw UsageError("unexpected argument '\(given[count])'")
        }
        let (port, last) = (given[count - 2], given[count - 1])
        guard let number = Int(port), (0...65_535).contains(number) else {
            throw UsageError("<port>: '\(port)' is not a whole number from 0 to 65535")
        }
        return ((count == 3 ? given[0] : "127.0.0.1", number), try server(last))
    }

    private static func server(_ text: String) throws(UsageError) -> Endpoint {
        let colon = text.lastIndex(of: ":")
        guard let colon, let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else {
            throw UsageError("'\(text)' is not <host>:<port>, as in localhost:10000")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { throw UsageError("'\(text)' has no host") }
        return (String(host), port)
    }
}

extension Exercise {
    /// All exercises, a line each, as `--list` shows them.
    static var list: String {
        all.map { exercise in
            let options = exercise.options.map { " --\($0)" }.joined()
            return "\(exercise.name) \(exercise.transport)\(options)\n"
        }.joined()
    }
}
