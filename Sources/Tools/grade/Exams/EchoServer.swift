extension Exam {
    static let echoServer = Exam(
        "echo-server",
        [
            Case(
                "start.listen", .sheet, 6,
                "connSocket, addr = serverSocket.accept()    # waits for incoming requests:",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 20,
                "connSocket.send(sentenceUpper.encode())               # send modified sentence "
                    + "over TCP connection",
                needs: ["start.listen"], [.findsEchoForm]),
            Case(
                "upper", .sheet, 12, "sentenceUpper = sentence.upper()    # convert to upper case",
                needs: ["form"],
                echo.opening("A") + [
                    .says("A", "The 3 quick brown foxes jump over 12 lazy dogs, at 7:45; O.K.?"),
                    .answered("A"),
                ]),
            Case(
                "shows.running", .sheet, 5, "print(\"Server is running\")",
                needs: ["start.listen"],
                [.starts, .connects("A"), .prints("Server is running")]),
            Case(
                "shows.connected", .sheet, 6, "print(\"Connected by: \", str(addr))",
                needs: ["form"],
                echo.opening("A") + [
                    .asks("A", echo), .answered("A"), .prints("Connected by:"),
                ]),
            Case(
                "shows.data", .sheet, 10, "print(\"Data from connected user: \", sentence)",
                needs: ["form"],
                echo.opening("A") + [
                    .says("A", "Hello World!"), .answered("A"),
                    .printsLine("Data from connected user:", "Hello World!"),
                ]),
            Case(
                "closes", .sheet, 5, "connSocket.close()        # close TCP connection:",
                needs: ["form"],
                echo.opening("A") + [.asks("A", echo), .answered("A"), .seesEnd("A")]),
            Case(
                "next", .sheet, 12, "# the welcoming socket continues", needs: ["form"],
                echo.opening() + ["A", "B", "C"].flatMap(echo.visit)),
        ]
            + ServerCases.all(
                echo,
                network: [
                    "frame.split": 2, "frame.bytes": 2, "leave.end": 2, "leave.reset": 3,
                    "leave.mid": 1, "half.close": 3, "garbage": 2, "leaks": 1, "idle": 1,
                    "no.arguments": 1,
                    "restart": 2, "stop": 1, "behind": 1, "port.taken": 1,
                ])
            + [
                Case(
                    "utf8", .network, 1, "A letter of UTF-8 has several bytes (RFC 3629)",
                    needs: ["form"],
                    echo.opening("A") + [.says("A", "zwölf grüße"), .answered("A")])
            ])

    fileprivate static let echo = Exchange(
        next: { play, client in
            let words = ["red", "green", "blue", "black", "white"]
            let text = (1...3).map { _ in play.chance.pick(from: words) }.joined(separator: " ")
            return play.echoQuestion(text, by: client)
        },
        // It is no UTF-8.
        garbage: [0xff, 0xfe, 0x80, 10], noFraming: TextEnd.noFraming, isOneByOne: true,
        isOneQuestion: true)
}

extension Step {
    fileprivate static let findsEchoForm = Step("A sends \"hello, world\"") { play throws(Miss) in
        try play.findTextEnd(
            of: ["hello, world"], .echo(of: "hello, world"), enter: [.starts, .connects("A")])
    }

    fileprivate static func says(_ client: String, _ text: String) -> Step {
        Step("\(client) sends \"\(text)\"") { play throws(Miss) in
            try play.ask(play.echoQuestion(text, by: client), by: client)
        }
    }

    /// The program prints this text after a heading, with blanks between.
    static func printsLine(_ heading: String, _ text: String, at name: String = "server") -> Step {
        Step("it prints \"\(heading) \(text)\"") { play throws(Miss) in
            try play.expectOutput(of: name, "\(heading) \(text)") { output in
                output.ranges(of: heading).contains { range in
                    output[range.upperBound...].drop { $0.isWhitespace }.hasPrefix(text)
                }
            }
        }
    }
}

extension Play {
    fileprivate func echoQuestion(_ text: String, by client: String) -> Question {
        let end = self[TextEnd.self]
        var question = Question(
            "\"\(text)\"", end.bytes(text), by: client, wanted: { _ in .echo(of: text) })
        question.endsStream = end.end == .stream
        return question
    }
}

extension Wanted {
    /// The text in upper case. A program may know the letters of ASCII alone, as toupper(3) does.
    static func echo(of text: String) -> Wanted {
        let ascii = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.upperASCII }))
        var wanted = Wanted.text(text.uppercased(), ascii)
        wanted.mistakes += [
            Mistake("the text came back as it was sent", Array(text.utf8)),
            Mistake("the text came back in lower case", Array(text.lowercased().utf8)),
            Mistake("only the first word came back", Array(text.uppercased().firstWord.utf8)),
        ]
        return wanted
    }
}

extension String {
    fileprivate var firstWord: Substring { prefix { $0 != " " } }
}

extension Unicode.Scalar {
    fileprivate var upperASCII: Unicode.Scalar {
        ("a"..."z").contains(self) ? Unicode.Scalar(UInt8(value - 32)) : self
    }
}
