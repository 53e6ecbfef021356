extension Exam {
    static let udpClient = Exam(
        "udp-client", width: 12,
        [
            Case("connect", .sheet, 12, template, udp.start() + [.accepts()]),
            Case("form", .sheet, 30, run, needs: ["connect"], udp.opening()),
            Case(
                "shows.reply", .sheet, 25, run, needs: ["form"],
                udp.opening() + [.replies("A", udp), .prints(judgesReply, at: "A")]),
            Case(
                "end", .sheet, 8, run, needs: ["shows.reply"],
                udp.opening() + [
                    .replies("A", udp), .prints(judgesReply, at: "A"), .inputEnds(at: "A"),
                    .exits("A"),
                ]),
            Case(
                "stranger", .network, 15,
                "Only what comes from the server's address is its reply (recvfrom(2))",
                needs: ["shows.reply"],
                udp.opening() + [
                    .strangerSends("A", strangersReply), .replies("A", udp),
                    .printsWithout(judgesReply, strangersReply, at: "A"),
                ]),
        ]
            + [
                Case(
                    "server.missing", .network, 5,
                    "Where nobody listens, the system tells a connected socket so (udp(7))",
                    [.startsWithoutServer("A", udp.values)] + udp.types("A") + [
                        .failsWithMessage("A")
                    ]),
                Case(
                    "behind", .network, 5, "A program that has ended leaves no process behind",
                    needs: ["form"],
                    udp.opening() + [
                        .replies("A", udp), .inputEnds(at: "A"), .leavesNothing("A"),
                    ]),
            ])

    private static let template =
        "Study the template provided for using UDP sockets in Python (files UDP_Server.py and "
        + "UDP_Client.py)."
    private static let run = "Run the Client and Server processes and observe the output."

    private static let sentence = "Hello World, it is 7 o'clock!"
    /// Other words than the client's own, so that it cannot know them.
    private static let judgesReply = "GOOD MORNING, THE 42 OF YOU"
    private static let strangersReply = "NOBODY ASKED ME"

    private static let udp = Service(
        values: ["text": sentence], typed: "\(sentence)\n",
        begin: { [.hearsText($0, sentence)] },
        reply: { _, _ in ("\"\(judgesReply)\"", Array(judgesReply.utf8)) },
        understood: { [.prints(judgesReply, at: $0)] })
}

extension Step {
    /// The program prints one text, and not the other one before it.
    static func printsWithout(_ right: String, _ wrong: String, at name: String) -> Step {
        Step("it prints \"\(right)\", and not \"\(wrong)\"") { play throws(Miss) in
            try play.expectOutput(of: name, right) { $0.contains(right) || $0.contains(wrong) }
            guard try play.program(name).output.contains(wrong) else { return }
            throw Miss(wanted: "it prints \"\(right)\"", got: "it prints \"\(wrong)\"")
        }
    }
}
