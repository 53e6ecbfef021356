extension Exam {
    static let udpServer = Exam(
        "udp-server",
        [
            Case(
                "start.listen", .sheet, 12, template, [.starts, .connects("A")]),
            Case(
                "form", .sheet, 38, run, needs: ["start.listen"],
                upper.opening("A") + [.asks("A", upper), .answered("A")]),
            Case(
                "upper", .sheet, 10, run, needs: ["form"],
                upper.opening("A") + [
                    .sendsDatagram("A", "The 3 quick brown foxes jump over 12 lazy dogs; o.k.?"),
                    .answered("A"),
                ]),
            Case(
                "next", .sheet, 15,
                "Run the Client and the Server processes on different computers and check if they "
                    + "work as expected", needs: ["form"],
                upper.opening("A", "B")
                    + ["A", "B", "A", "B"].flatMap {
                        [.asks($0, upper), .answered($0)]
                    }),
            Case(
                "empty", .network, 5, "A datagram may have no bytes (RFC 768)", needs: ["form"],
                upper.opening("A") + [.sendsBytes("A", "nothing", [])] + upper.enter("B") + [
                    .asks("B", upper), .answered("B"),
                ]),
            Case(
                "garbage", .network, 5,
                "Bytes that are no message are the trouble of their sender alone", needs: ["form"],
                upper.opening("A") + [.sendsBytes("A", "what is no UTF-8", [0xff, 0xfe, 0x80])]
                    + upper.enter("B") + [.asks("B", upper), .answered("B")]),
            Case(
                "utf8", .network, 2, "A letter of UTF-8 has several bytes (RFC 3629)",
                needs: ["form"],
                upper.opening("A") + [.sendsDatagram("A", "zwölf grüße"), .answered("A")]),
        ]
            + ServerCases.all(
                upper,
                network: [
                    "many.own": 4, "idle": 2, "no.arguments": 1, "stop": 2, "behind": 2,
                    "port.taken": 2,
                ]))

    private static let template =
        "Study the template provided for using UDP sockets in Python (files UDP_Server.py and "
        + "UDP_Client.py)."
    private static let run = "Run the Client and Server processes and observe the output."

    private static let upper = Exchange(next: { play, client in
        let words = ["red", "green", "blue", "black", "white", "grey", "pink", "brown"]
        play[DatagramsAsked.self].count += 1
        // Each has a number of its own, so that no answer can be taken for another one's.
        let text = "\(play.chance.pick(from: words)) number \(play[DatagramsAsked.self].count)"
        return upperQuestion(text, by: client)
    })

    fileprivate static func upperQuestion(_ text: String, by client: String) -> Question {
        Question("\"\(text)\"", Array(text.utf8), by: client, wanted: { _ in .echo(of: text) })
    }
}

private struct DatagramsAsked: Memory {
    var count = 0
}

extension Step {
    fileprivate static func sendsDatagram(_ client: String, _ text: String) -> Step {
        Step("\(client) sends \"\(text)\"") { play throws(Miss) in
            try play.ask(Exam.upperQuestion(text, by: client), by: client)
        }
    }

    /// A datagram that need not be answered.
    static func sendsBytes(_ client: String, _ words: String, _ bytes: [UInt8]) -> Step {
        Step("\(client) sends \(words)") { play throws(Miss) in
            try play.send(bytes, words, on: client)
            play.waitUntilAsleep()
        }
    }
}
