extension Exam {
    static let datetimeServer = Exam(
        "datetime-server",
        [
            Case(
                "start.listen", .sheet, 8,
                "Design and implement a Client-Server system that uses "
                    + "UDP sockets", [.starts, .connects("A")]),
            Case(
                "time", .sheet, 21, responds, needs: ["start.listen"],
                clock.opening("A") + [.asksClock("A", .time), .answered("A")]),
            Case(
                "date", .sheet, 21, responds, needs: ["start.listen"],
                clock.opening("A") + [.asksClock("A", .date), .answered("A")]),
            Case(
                "form", .sheet, 10,
                "The request string can either be: \"SEND_DATE\" or \"SEND_TIME\".",
                needs: ["time", "date"],
                clock.opening("A")
                    + [ClockRequest.time, .time, .date, .date, .time].flatMap {
                        [.asksClock("A", $0), .answered("A")]
                    }),
            Case(
                "loop", .sheet, 10,
                "The server runs in a infinite loop where it keeps waiting for requests.",
                needs: ["time", "date"],
                clock.opening("A", "B")
                    + ["A", "B", "A"].flatMap {
                        [.asks($0, clock), .answered($0)]
                    }),
            Case(
                "unknown", .network, 8, "An unknown request harms nobody", needs: ["form"],
                clock.opening("A") + [.sendsBytes("A", "SEND_MONEY", Array("SEND_MONEY".utf8))]
                    + clock.enter("B") + [.asks("B", clock), .answered("B")]),
            Case(
                "empty", .network, 4, "A datagram may have no bytes (RFC 768)", needs: ["form"],
                clock.opening("A") + [.sendsBytes("A", "nothing", [])] + clock.enter("B") + [
                    .asks("B", clock), .answered("B"),
                ]),
            Case(
                "garbage", .network, 4,
                "Bytes that are no message are the trouble of their sender alone", needs: ["form"],
                clock.opening("A") + [.sendsBytes("A", "what is no UTF-8", [0xff, 0xfe, 0x80])]
                    + clock.enter("B") + [.asks("B", clock), .answered("B")]),
        ]
            + ServerCases.all(
                clock,
                network: [
                    "many.own": 4, "idle": 2, "no.arguments": 1, "stop": 2, "behind": 2,
                    "port.taken": 3,
                ]))

    private static let responds =
        "Whenever it sees a request, it responds by sending either the current DATE or the current "
        + "TIME in (HH:MM:SS) format as specified in the request."

    private static let clock = Exchange(next: { play, client in
        play[ClockRequests.self].count += 1
        return play[ClockRequests.self].count % 2 == 0
            ? ClockRequest.time.question(play, by: client)
            : ClockRequest.date.question(play, by: client)
    })
}

private struct ClockRequests: Memory {
    var count = 0
}

extension Step {
    fileprivate static func asksClock(_ client: String, _ request: ClockRequest) -> Step {
        Step("\(client) sends \(request.rawValue)") { play throws(Miss) in
            try play.ask(request.question(play, by: client), by: client)
        }
    }
}

/// The two requests of the sheet.
enum ClockRequest: String, Sendable {
    case date = "SEND_DATE"
    case time = "SEND_TIME"

    fileprivate func question(_ play: Play, by client: String) -> Question {
        let (span, isFar) = (TimeSpan(), play.contest.port != nil)
        return Question(
            rawValue, Array(rawValue.utf8), by: client,
            wanted: { _ in self == .date ? .anyDate(since: span) : .clock(since: span, isFar: isFar)
            })
    }
}

extension Wanted {
    /// A text with HH:MM:SS in it, at a second since the question, and without a year.
    fileprivate static func clock(since span: TimeSpan, isFar: Bool) -> Wanted {
        Wanted("the time as HH:MM:SS") { bytes, isDatagram in
            guard isDatagram else { return .more }
            let text = String(decoding: bytes, as: UTF8.self)
            let isAfternoon = text.lowercased().contains("pm")
            let isTwelve = isAfternoon || text.lowercased().contains("am")
            let right = span.texts(isTwelve ? "%I:%M:%S" : "%H:%M:%S")
            let isThere =
                isFar ? text.count { $0 == ":" } >= 2 : right.contains(where: text.contains)
            let isDated = span.texts("%Y").contains(where: text.contains)
            return isThere && !isDated ? .found(count: bytes.count, words: "the time") : .wrong
        }
    }

    /// A text with day, month and year of today in it, in any form.
    fileprivate static func anyDate(since span: TimeSpan) -> Wanted {
        Wanted("today's day, month and year") { bytes, isDatagram in
            guard isDatagram else { return .more }
            let text = String(decoding: bytes, as: UTF8.self).lowercased()
            let numbers = text.numbers
            let days = span.texts("%d %m %Y %y %b|%Y%m%d %d%m%Y %m%d%Y %y%m%d %d%m%y %m%d%y")
            let isToday = days.contains { day in
                let parts = day.lowercased().split(separator: "|")
                let fields = parts[0].split(separator: " ").map(String.init)
                let values = fields.prefix(4).compactMap { Int($0) }
                let hasMonth = numbers.contains(values[1]) || text.contains(fields[4])
                let hasYear = numbers.contains(values[2]) || numbers.contains(values[3])
                return numbers.contains(values[0]) && hasMonth && hasYear
                    || parts[1].split(separator: " ").contains { text.contains($0) }
            }
            return isToday ? .found(count: bytes.count, words: "today's date") : .wrong
        }
    }
}

extension String {
    /// The numbers in a text, whatever stands between them.
    fileprivate var numbers: [Int] {
        split { !($0.isASCII && $0.isNumber) }.compactMap { Int($0) }
    }
}
