/// How the judge serves the clients of an exercise: the cases of any client are played with it.
struct Service: Sendable {
    /// What a client is given at its start, besides its place.
    var values: [String: String] = [:]
    /// What its user types as soon as it runs.
    var typed = ""
    /// Whether the input must end before the program does anything, by what was found out.
    var endsInput: @Sendable (Findings) -> Bool = { _ in false }
    /// The steps up to the client's connection, where they are not the same for all programs.
    var enter: (@Sendable (_ client: String) -> [Step])?
    /// The steps from the client's connection to its first question, which it ends with.
    let begin: @Sendable (_ client: String) -> [Step]
    /// The right reply to what the client has asked, with its words.
    let reply: @Sendable (Play, _ client: String) throws(Miss) -> (words: String, bytes: [UInt8])
    /// The steps by which the judge sees that the client has understood the reply.
    let understood: @Sendable (_ client: String) -> [Step]
    /// Why a reply is not cut, by what was found out; `nil` if it can be.
    var noFraming: @Sendable (Findings) -> String? = { _ in nil }

    /// The client runs and has asked its first question.
    func opening(_ client: String = "A") -> [Step] {
        (enter?(client) ?? start(client) + [.accepts(client)]) + begin(client)
    }

    /// The client runs, and its user has typed.
    func start(_ client: String = "A") -> [Step] {
        [.clientStarts(client, values)] + types(client)
    }

    /// The user types, and perhaps ends the input.
    func types(_ client: String) -> [Step] {
        guard !typed.isEmpty else { return [] }
        let endsInput = endsInput
        return [
            .types(typed, at: client),
            Step("its input ends, if it waits for that") { play throws(Miss) in
                guard endsInput(play.findings) else { return }
                try Step.inputEnds(at: client).perform(play)
            },
        ]
    }
}

/// The demands that TCP makes on every client, played with the replies of an exercise.
struct ClientCases {
    private let service: Service
    private let points: [String: Int]

    /// - Parameter network: The points of the cases that are asked.
    static func all(_ service: Service, network: [String: Int]) -> [Case] {
        let cases = ClientCases(service: service, points: network)
        return [cases.pieces, cases.serverEnds, cases.missing, cases.behind, cases.noArguments]
            .compactMap(\.self)
    }

    private func make(
        _ id: String, _ sentence: String, needs: [String] = ["form"], _ steps: [Step]
    ) -> Case? {
        points[id].map { Case(id, .network, $0, sentence, needs: needs, steps) }
    }

    private var pieces: Case? {
        make(
            "reply.pieces", "TCP is a stream: a reply may come a byte at a time (RFC 9293, 3.8)",
            service.opening() + [.repliesByteByByte("A", service)] + service.understood("A")
        )?
        .exempt(service.noFraming)
    }

    private var serverEnds: Case? {
        make(
            "server.ends", "A client whose server is gone ends by itself",
            service.opening() + [.leaves("A"), .exits("A")])
    }

    private var missing: Case? {
        make(
            "server.missing",
            "Where nobody listens, connect(2) fails: a message, and not exit code 0",
            needs: [],
            [.startsWithoutServer("A", service.values)]
                + service.types("A")
                + [.failsWithMessage("A")])
    }

    private var noArguments: Case? {
        make(
            "no.arguments", "A program that lacks its arguments says so, and does not end with 0",
            needs: [], [.startsWithoutArguments, .asksForArguments])
    }

    private var behind: Case? {
        make(
            "behind", "A program that has ended leaves no process behind",
            service.opening() + [.leaves("A"), .leavesNothing("A")])
    }
}

extension Step {
    /// The judge replies, whole or cut after so many bytes.
    static func replies(
        _ client: String, _ service: Service, cutInto sizes: [Int] = []
    ) -> Step {
        Step("\(client) gets a reply" + (sizes.isEmpty ? "" : " in \(sizes.count + 1) pieces")) {
            play throws(Miss) in
            let (words, bytes) = try service.reply(play, client)
            try play.send(bytes, words, on: client, cutInto: sizes)
        }
    }

    static func repliesByteByByte(_ client: String, _ service: Service) -> Step {
        Step("\(client) gets a reply, a byte at a time") { play throws(Miss) in
            let (words, bytes) = try service.reply(play, client)
            try play.send(bytes, words, on: client, cutInto: bytes.dropLast().map { _ in 1 })
        }
    }
}
