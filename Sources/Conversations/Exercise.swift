import Protocol

/// An exercise in which two programs talk: over TCP or UDP, and in messages of which kinds.
public struct Exercise: Sendable {
    /// The way in which the bytes travel.
    public enum Transport: Sendable {
        /// A stream, whose messages must be found.
        case tcp
        /// Datagrams, each of which is a message.
        case udp
    }

    /// A format that a class may choose by an option of the programs.
    public enum Option: String, Sendable { case layout, reply }

    /// The beginning of the programs' names: `guess` for `guess-server` and `guess-client`.
    public let name: String
    /// The way in which the bytes travel.
    public let transport: Transport
    /// The formats that can be chosen.
    public let options: [Option]
    let client: Speech
    let server: Speech

    init(
        _ name: String, _ transport: Transport = .tcp, client: Speech, server: Speech,
        options: [Option] = []
    ) {
        self.name = name
        self.transport = transport
        self.client = client
        self.server = server
        self.options = options
    }

    /// Finds an exercise by its name.
    public init?(named name: String) {
        guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// Every exercise, sheet by sheet, and two names for bytes of any other kind.
    public static let all = [
        // Practice 4
        Exercise("select", client: .text, server: .framed { LiteralFraming("OK") }),
        Exercise(
            "calculator",
            client: .binary(CalculatorLayout.defaultFormat) { format throws(StructLayoutError) in
                CalculatorServerFraming(layout: try CalculatorLayout(format))
            },
            server: .results, options: [.layout, .reply]),
        Exercise("chat", client: .lines, server: .lines),
        Exercise(
            "guess",
            client: .binary(GuessLayout.defaultFormat) { format throws(StructLayoutError) in
                GuessServerFraming(layout: try GuessLayout(format))
            },
            server: .binary(GuessLayout.defaultFormat) { format throws(StructLayoutError) in
                GuessClientFraming(layout: try GuessLayout(format))
            },
            options: [.layout]),

        // Unit B3
        Exercise("message", client: .framed { WholeStreamFraming() }, server: .bytes),
        Exercise("talk", client: .lines, server: .lines),

        // Lab 2
        Exercise("echo", client: .lines, server: .lines),
        Exercise(
            "sum", client: .framed { SumFraming(ending: .newline) },
            server: .framed { SumFraming(ending: .newline) }),
        Exercise("file", client: .framed { FileRequestFraming() }, server: .fileReplies),

        // Programming 2
        Exercise("http-get", client: .requests, server: .responses),
        Exercise("hello", client: .text, server: .text),
        Exercise("strftime", client: .lines, server: .longLines),
        Exercise("threaded", client: .lines, server: .longLines),
        Exercise("quiz", client: .players, server: .quizmaster),
        Exercise("hangman", client: .lines, server: .lines),
        Exercise("tictactoe", client: .lines, server: .lines),

        // CS 212
        Exercise("udp", .udp, client: .text, server: .text),
        Exercise("datetime", .udp, client: .text, server: .text),
        Exercise("arithmetic", client: .lines, server: .lines),
        Exercise("chatroom", client: .lines, server: .lines),

        // Anything else
        Exercise("raw", client: .bytes, server: .bytes),
        Exercise("raw-udp", .udp, client: .bytes, server: .bytes),
    ]
}
