/// The demands on a server's process, for exercises whose clients cannot ask at any time.
enum ProcessCases {
    /// - Parameters:
    ///   - begin: The steps from the server's start to the middle of a conversation.
    ///   - again: The steps of a conversation with the server that has started again.
    ///   - clients: Those that are connected after `begin`.
    ///   - points: The points of the cases that are asked.
    static func server(
        begin: [Step], again: [Step], clients: [String], points: [String: Int]
    ) -> [Case] {
        let leave = clients.map { Step.leaves($0) }
        let killed = [Step.kills] + clients.map { .seesEnd($0) } + leave
        let all: [(String, String, [Step])] = [
            ("idle", "A server that waits needs no processor time", begin + [.isIdle()]),
            (
                "restart", "SO_REUSEADDR lets a server start again at once on its port (socket(7))",
                begin + killed + [.startsAgain] + again
            ),
            ("stop", "Ctrl-C ends the server", begin + leave + [.interrupts(), .exits("server")]),
            (
                "behind", "A program that has ended leaves no process behind",
                begin + leave + [.interrupts(), .leavesNothing("server")]
            ),
            (
                "port.taken",
                "A port that another program has is an error with a message (bind(2))",
                [.takesPort, .startsOnTakenPort, .failsWithMessage("server")]
            ),
            (
                "no.arguments",
                "A program that lacks its arguments says so, and does not end with 0",
                [.startsWithoutArguments, .asksForArguments]
            ),
        ]
        return all.compactMap { id, sentence, steps in
            points[id].map { Case(id, .network, $0, sentence, needs: ["form"], steps) }
        }
    }
}

/// How the judge cuts its texts: after so many bytes each; 0 sends them whole.
struct Cut: Memory {
    var size = 0
}

extension Step {
    /// From now on texts come in pieces.
    static func cutsTexts(to size: Int) -> Step {
        Step("the texts come in pieces of \(size)") { $0[Cut.self].size = size }
    }
}

extension Case {
    /// The same case, with points for programs that it need not be asked of.
    func unless(_ exemption: @escaping @Sendable (Findings) -> String?) -> Case {
        var test = self
        test.exemption = exemption
        return test
    }

    /// The same conversation in pieces: lines alone can be cut.
    static func split(_ points: Int, _ steps: [Step]) -> Case {
        Case(
            "frame.split", .network, points,
            "TCP is a stream: one message may come in two segments (RFC 9293, 3.8)",
            needs: ["form"], [.cutsTexts(to: 2)] + steps
        ).unless(TextForm.noFraming)
    }

    /// The same conversation a byte at a time.
    static func bytes(_ points: Int, _ steps: [Step]) -> Case {
        Case(
            "frame.bytes", .network, points,
            "TCP is a stream: a message may come a byte at a time (RFC 9293, 3.8)",
            needs: ["form"], [.cutsTexts(to: 1)] + steps
        ).unless(TextForm.noFraming)
    }
}

extension Play {
    /// Sends a text as the program wants it: as a line or bare, whole or in pieces.
    func say(_ text: String, on client: String) throws(Miss) {
        let bytes = self[TextForm.self].bytes(text)
        let size = self[Cut.self].size
        let sizes = size == 0 ? [] : Array(repeating: size, count: (bytes.count - 1) / size)
        try send(bytes, text.escaped, on: client, cutInto: sizes)
    }
}
