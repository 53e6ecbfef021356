extension Exam {
    static let calculatorClient = Exam(
        "calculator-client", width: 16, waits: .seconds(2),
        [
            Case(
                "connect", .sheet, 5,
                "server_address = ('localhost', 10000) client.connect(server_address)",
                [.findsCalculatorKeyboard]),
            Case(
                "form", .sheet, 10, "The client should send 5 requests", needs: ["connect"],
                [.findsCalculatorReply]),
            Case(
                "requests.five", .sheet, 20,
                "The client should send 5 requests instead of just one.", needs: ["form"],
                opening + four + [.replies("A", calculator), .asksNoMore("A")]),
            Case(
                "waits.reply", .sheet, 15,
                "After sending a request it should wait for the server's response before sending "
                    + "another one.", needs: ["form"],
                opening + [.holdsForReply("A")]),
            Case(
                "waits.two", .sheet, 15,
                "Before every request the client should wait an additional 2 seconds "
                    + "(time.sleep(2)).", needs: ["form"], waitsTwo),
            Case(
                "reply.last", .sheet, 8,
                "The client should only terminate the connection after the arrival of the 5th "
                    + "response.", needs: ["form"],
                opening + four + [.holdsForReply("A")]),
            Case(
                "end", .sheet, 5,
                "The client should only terminate the connection after the arrival of the 5th "
                    + "response.", needs: ["requests.five"],
                opening + four + [
                    .replies("A", calculator), .seesEnd("A"), .exits("A"),
                ]),
        ]
            + ClientCases.all(
                calculator,
                network: [
                    "reply.pieces": 4, "server.ends": 7, "server.missing": 7, "behind": 4,
                ]))

    private static let opening: [Step] = [.startsCalculator("A"), .accepts(), .asks("A")]

    /// A reply, and the next request, four times.
    private static let four = (1...4).flatMap { _ in
        [Step.replies("A", calculator), .asks("A")]
    }

    private static let waitsTwo: [Step] = {
        let start = [Step.lasts(.seconds(2), "before the first", opening)]
        return (1...4).reduce(start) { steps, _ in
            let next: [Step] = [.replies("A", calculator), .asks("A")]
            return steps + [.lasts(.seconds(2), "before the next", next)]
        }
    }()

    private static let calculator = Service(
        begin: { [.typesTasks($0), .asks($0)] },
        reply: { play, client in play.calculatorReply(to: client) },
        understood: { [.asks($0)] },
        noFraming: { findings in
            findings[CalculatorClientForm.self].reply == .text
                ? "its replies are text without an end that both sides know" : nil
        })
}
