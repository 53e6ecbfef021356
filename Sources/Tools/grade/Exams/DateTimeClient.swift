import Sockets

extension Exam {
    static let datetimeClient = Exam(
        "datetime-client", width: 12, waits: .seconds(2),
        [
            Case(
                "connect", .sheet, 8, "The client sends the server a request.",
                [.clientStarts(), .accepts()]),
            Case(
                "form", .sheet, 20,
                "The request string can either be: \"SEND_DATE\" or \"SEND_TIME\".",
                needs: ["connect"], [.clientStarts(), .accepts(), .hearsRequest("A")]),
            Case(
                "shows.reply", .sheet, 20, "When the Client receives a response, it prints it.",
                needs: ["form"],
                [
                    .clientStarts(), .accepts(), .hearsRequest("A"), .tellsClock("A"),
                    .showsClock("A"),
                ]
                    + [.hearsRequest("A"), .tellsClock("A"), .showsClock("A")]),
            Case(
                "waits", .sheet, 12,
                "the time between successive requests varies randomly between 1-2 seconds.",
                needs: ["form"],
                [.clientStarts(), .accepts(), .hearsRequest("A"), .tellsClock("A")]
                    + (1...4).flatMap { _ in [Step.waitsForNext("A"), .tellsClock("A")] }
                    + [.waitsVaried]),
            Case(
                "both", .sheet, 10,
                "The Client runs in a loop where it generates multiple such requests",
                needs: ["form"],
                [.clientStarts(), .accepts(), .hearsRequest("A"), .hearsBoth("A")]),
            Case(
                "lost", .network, 12, "UDP delivers no datagram for sure (RFC 768)",
                needs: ["form"],
                [
                    .clientStarts(), .accepts(), .hearsRequest("A"), .hearsRequest("A"),
                    .tellsClock("A"), .showsClock("A"),
                ]),
            Case(
                "doubled", .network, 8, "UDP may deliver a datagram twice (RFC 768)",
                needs: ["lost"],
                [
                    .clientStarts(), .accepts(), .hearsRequest("A"), .tellsClock("A"),
                    .tellsClockAgain("A"), .hearsRequest("A"), .hearsRequest("A"), .showsOnce("A"),
                ]),
            Case(
                "stranger", .network, 10,
                "Only what comes from the server's address is its reply (recvfrom(2))",
                needs: ["shows.reply"],
                [
                    .clientStarts(), .accepts(), .hearsRequest("A"),
                    .strangerSends("A", "NOBODY ASKED ME"), .tellsClock("A"), .showsClock("A"),
                    .hearsRequest("A"), .showsNothingOf("NOBODY ASKED ME", at: "A"),
                ]),
        ])
}

/// What the client has asked, and when.
private struct ClockConversation: Memory {
    var requests: [ClockRequest] = []
    var replies: [String] = []
    var heard: Instant?
    /// The waits before the requests, in milliseconds.
    var waits: [Int] = []
}

extension Play {
    fileprivate func hearRequest(_ client: String) throws(Miss) {
        let names = [ClockRequest.date.rawValue, ClockRequest.time.rawValue]
        let bytes = try receive(
            .text(names, words: "SEND_DATE or SEND_TIME"), on: client,
            within: patience + .seconds(8))
        let isDate = String(decoding: bytes, as: UTF8.self).hasPrefix("SEND_DATE")
        self[ClockConversation.self].requests.append(isDate ? .date : .time)
    }

    /// No date and no time that any clock shows while the judge runs, and each time another.
    fileprivate func tellClock(_ client: String) throws(Miss) {
        let count = self[ClockConversation.self].replies.count
        let isDate = self[ClockConversation.self].requests.last == .date
        let text = isDate ? "1984-02-1\(count % 10)" : "12:34:5\(count % 10)"
        self[ClockConversation.self].replies.append(text)
        try send(Array(text.utf8), "\"\(text)\"", on: client)
    }
}

extension Step {
    fileprivate static func hearsRequest(_ client: String) -> Step {
        Step("\(client) asks") { play throws(Miss) in try play.hearRequest(client) }
    }

    fileprivate static func tellsClock(_ client: String) -> Step {
        Step("\(client) gets a date or a time") { play throws(Miss) in
            try play.tellClock(client)
            play[ClockConversation.self].heard = .now
        }
    }

    fileprivate static func tellsClockAgain(_ client: String) -> Step {
        Step("\(client) gets it once more") { play throws(Miss) in
            let text = play[ClockConversation.self].replies.last ?? ""
            try play.send(Array(text.utf8), "\"\(text)\" once more", on: client)
        }
    }

    fileprivate static func showsClock(_ client: String) -> Step {
        Step("it prints the reply") { play throws(Miss) in
            let text = play[ClockConversation.self].replies.last ?? ""
            try play.expectOutput(of: client, text) { $0.contains(text) }
        }
    }

    /// The next request comes 1 to 2 s after the reply, or after the request before.
    fileprivate static func waitsForNext(_ client: String) -> Step {
        Step("\(client) waits, and asks again") { play throws(Miss) in
            let start = play[ClockConversation.self].heard ?? .now
            try play.hearRequest(client)
            let wait = Instant.now - start
            // A little less and a good deal more, since the machine may be busy.
            guard wait > .milliseconds(900) else {
                throw Miss(wanted: "1 to 2 s between two requests", got: "less than 1 s")
            }
            guard wait < .seconds(4) else {
                throw Miss(wanted: "1 to 2 s between two requests", got: "more than 4 s")
            }
            let milliseconds = Int(wait / .milliseconds(1))
            play[ClockConversation.self].waits.append(milliseconds)
        }
    }

    fileprivate static let waitsVaried = Step("the waits vary") { play throws(Miss) in
        let waits = play[ClockConversation.self].waits
        // By chance once in thirty thousand times.
        guard (waits.max() ?? 0) - (waits.min() ?? 0) < 20 else { return }
        throw Miss(
            wanted: "waits that vary randomly", got: "\(waits.count) waits of the same length")
    }

    /// Both requests come; chance may let one of them wait.
    fileprivate static func hearsBoth(_ client: String) -> Step {
        Step("\(client) asks for both in turn, or at random") { play throws(Miss) in
            for _ in 1...20 {
                try play.tellClock(client)
                try play.hearRequest(client)
                if Set(play[ClockConversation.self].requests).count == 2 { return }
            }
            throw Miss(
                wanted: "SEND_DATE and SEND_TIME",
                got: "\(play[ClockConversation.self].requests[0].rawValue) 20 times")
        }
    }

    /// The second copy of a reply is not printed as the reply to the next request.
    fileprivate static func showsOnce(_ client: String) -> Step {
        Step("it has printed the reply once") { play throws(Miss) in
            let text = play[ClockConversation.self].replies.last ?? ""
            try play.expectOutput(of: client, text) { $0.contains(text) }
            guard try play.program(client).output.ranges(of: text).count > 1 else { return }
            throw Miss(
                wanted: "it prints \"\(text)\" once",
                got: "it takes the copy for the reply to its next request")
        }
    }

    fileprivate static func showsNothingOf(_ text: String, at client: String) -> Step {
        Step("it has not printed \"\(text)\"") { play throws(Miss) in
            guard try play.program(client).output.contains(text) else { return }
            throw Miss(wanted: "nothing of a stranger's", got: "it prints \"\(text)\"")
        }
    }
}
