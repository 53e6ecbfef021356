/// The demands that TCP makes on every server, played with the questions of an exercise.
///
/// An exam names those that it asks, with their points; where its sheet makes the demand itself,
/// it gives the sheet's sentence, too.
struct ServerCases {
    private let exchange: Exchange
    private let points: [String: Int]
    private let sentences: [String: (points: Int, sentence: String)]

    /// - Parameters:
    ///   - network: The points of the cases that only the network demands.
    ///   - sheet: The points and the sentences of those that the sheet demands, too.
    static func all(
        _ exchange: Exchange, network: [String: Int],
        sheet: [String: (points: Int, sentence: String)] = [:]
    ) -> [Case] {
        let cases = ServerCases(exchange: exchange, points: network, sentences: sheet)
        return [
            cases.split, cases.bytes, cases.glue, cases.silent, cases.mid, cases.own,
            cases.leaveAtEnd, cases.leaveByReset, cases.leaveInMid, cases.halfClose,
            cases.garbage, cases.unread, cases.crowd, cases.leaks, cases.idle, cases.restart,
            cases.stop, cases.behind, cases.portInUse, cases.noArguments,
        ].compactMap(\.self)
    }

    private func make(_ id: String, _ sentence: String, _ steps: [Step]) -> Case? {
        if let (points, sentence) = sentences[id] {
            return Case(id, .sheet, points, sentence, needs: ["form"], steps)
        }
        guard let points = points[id] else { return nil }
        return Case(id, .network, points, sentence, needs: ["form"], steps)
    }

    private func framed(_ id: String, _ sentence: String, _ steps: [Step]) -> Case? {
        make(id, sentence, steps)?.exempt(exchange.noFraming)
    }

    // MARK: The stream has no borders

    private var split: Case? {
        framed(
            "frame.split", "TCP is a stream: one message may come in two segments (RFC 9293, 3.8)",
            exchange.opening("A") + [.asksCutEverywhere("A", exchange)])
    }

    private var bytes: Case? {
        framed(
            "frame.bytes", "TCP is a stream: a message may come a byte at a time (RFC 9293, 3.8)",
            exchange.opening("A") + [.asksByteByByte("A", exchange), .answered("A")])
    }

    private var glue: Case? {
        framed(
            "frame.glue", "TCP is a stream: two messages may come in one segment (RFC 9293, 3.8)",
            exchange.opening("A") + [.asksTwice("A", exchange), .answered("A")])
    }

    // MARK: Many clients

    private var silent: Case? {
        make(
            "many.silent", "A client that says nothing keeps nobody waiting",
            exchange.opening("A", "B") + [.connects("C"), .asks("B", exchange), .answered("B")])
    }

    private var mid: Case? {
        framed(
            "many.mid", "A client in the middle of a message keeps nobody waiting",
            exchange.opening("A", "B") + [
                .asksHalf("A", exchange), .asks("B", exchange), .answered("B"), .asksRest("A"),
                .answered("A"),
            ])
    }

    private var own: Case? {
        make(
            "many.own", "Each client gets the answers to its own questions",
            exchange.opening("A", "B", "C") + [
                .asks("B", exchange), .answered("B"), .asks("A", exchange), .answered("A"),
                .asks("C", exchange), .answered("C"), .asks("A", exchange), .answered("A"),
            ])
    }

    // MARK: Clients leave

    /// A demand that more than one client makes.
    private func later(_ id: String, _ sentence: String, _ steps: [Step]) -> Case? {
        make(id, sentence, steps)?.exempt(exchange.noSecond)
    }

    private var leaveAtEnd: Case? {
        later(
            "leave.end", "A client that leaves ends nobody's conversation but its own",
            opening + [.leaves("A")] + goesOn)
    }

    private var leaveByReset: Case? {
        later(
            "leave.reset", "A client may be gone by a reset at any time (RFC 9293, 3.5.2)",
            opening + [.asks("A", exchange), .answered("A"), .resets("A")] + goesOn)
    }

    private var leaveInMid: Case? {
        let sentence = "A client may be gone in the middle of a message"
        let half = { (client: String) in Step.asksHalf(client, exchange) }
        let steps =
            exchange.isOneByOne
            ? exchange.opening("A") + [half("A"), .leaves("A")] + exchange.enter("D") + [
                half("D"), .resets("D"),
            ]
            : exchange.opening("A", "B", "D") + [half("A"), .leaves("A"), half("D"), .resets("D")]
        return make("leave.mid", sentence, steps + goesOn)?
            .exempt { [exchange] in exchange.noFraming($0) ?? exchange.noSecond($0) }
    }

    /// A is there, and B, too, where the server serves both.
    private var opening: [Step] {
        exchange.isOneByOne ? exchange.opening("A") : exchange.opening("A", "B")
    }

    /// B, who is there, is served, and so is C, who comes; or one after the other.
    private var goesOn: [Step] {
        if exchange.isOneByOne { return exchange.visit("B") + exchange.visit("C") }
        return [.asks("B", exchange), .answered("B")] + exchange.enter("C") + [
            .asks("C", exchange), .answered("C"),
        ]
    }

    private var halfClose: Case? {
        make(
            "half.close", "A client that has ended its sending still reads (shutdown(2))",
            exchange.opening("A") + [
                .asks("A", exchange), .halfCloses("A"), .answered("A"),
            ])
    }

    private var garbage: Case? {
        guard let garbage = exchange.garbage else { return nil }
        let sends = [
            Step.connects("A"), .sends("A", "what is no message", garbage), .halfCloses("A"),
            .settles,
        ]
        return later(
            "garbage", "Bytes that are no message are the trouble of their sender alone",
            exchange.isOneByOne
                ? exchange.opening() + sends + [.leaves("A")] + goesOn
                : exchange.opening("B") + sends + [
                    .asks("B", exchange), .answered("B"), .leaves("A"),
                ] + goesOn)
    }

    private var unread: Case? {
        make(
            "unread", "A client that never reads keeps nobody waiting (send(2) may block)",
            exchange.opening("A", "B") + [.floods("A", exchange)] + goesOn)
    }

    private var crowd: Case? {
        make(
            "crowd", "1,100 clients at once are more than select(2) takes in a program of C",
            exchange.opening("A") + [
                .crowd(1_100), .asks("A", exchange), .answered("A"),
            ])
    }

    private var leaks: Case? {
        let visits =
            exchange.isOneByOne
            ? [.leaves("A"), .comeAndGo(20, exchange.visit)]
            : [Step.comeAndGo(200) { exchange.enter($0) + [.closes($0)] }]
        return later(
            "leaks", "Each descriptor of a client that has left is closed (close(2))",
            exchange.opening("A") + [.asks("A", exchange), .answered("A")] + visits)
    }

    // MARK: The process

    private var idle: Case? {
        make(
            "idle", "A server that waits needs no processor time",
            opening + [
                .asks("A", exchange), .answered("A"), .leaves("A"), .isIdle(),
            ])
    }

    private var restart: Case? {
        make(
            "restart", "SO_REUSEADDR lets a server start again at once on its port (socket(7))",
            exchange.opening("A") + [
                .asks("A", exchange), .answered("A"), .kills, .seesEnd("A"), .leaves("A"),
                .startsAgain,
            ] + exchange.prepare + exchange.enter("B") + [.asks("B", exchange), .answered("B")])
    }

    private var stop: Case? {
        make(
            "stop", "Ctrl-C ends the server",
            exchange.opening("A") + [
                .asks("A", exchange), .answered("A"), .interrupts(), .exits("server"),
            ])
    }

    private var behind: Case? {
        make(
            "behind", "A program that has ended leaves no process behind",
            exchange.opening("A") + [
                .asks("A", exchange), .answered("A"), .interrupts(), .leavesNothing("server"),
            ])
    }

    private var portInUse: Case? {
        make(
            "port.taken", "A port that another program has is an error with a message (bind(2))",
            [.takesPort, .startsOnTakenPort, .failsWithMessage("server")])
    }

    private var noArguments: Case? {
        make(
            "no.arguments", "A program that lacks its arguments says so, and does not end with 0",
            [.startsWithoutArguments, .asksForArguments])
    }
}
