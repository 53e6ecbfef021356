import Console

extension Exam {
    /// Every program that can be judged, sheet by sheet.
    static let all = [
        // Practice 4
        selectServer, selectClient,
        calculatorServer, calculatorClient,
        chatServer, chatClient,
        guessServer, guessClient,

        // Unit B3
        messageServer, messageClient, talkServer, talkClient,

        // Lab 2
        echoServer, echoClient, sumServer, sumClient, fileServer, fileClient,
        arguments,

        // Programming 2
        hostInfo, httpGet, helloServer, helloClient, strftimeServer, strftimeClient, threadedServer,
        countThreads, quizServer, quizClient, hangmanServer, hangmanClient, tictactoeServer,
        tictactoeClient,

        // CS 212
        udpServer, udpClient, datetimeServer, datetimeClient,
        arithmeticServer, arithmeticClient, chatroomServer, chatroomClient,
    ]

    /// The exams with this name.
    ///
    /// - Throws: `UsageError` for a missing or an unknown name.
    static func named(_ name: String?, orAll isAll: Bool) throws(UsageError) -> [Exam] {
        guard let name else {
            if isAll { return all }
            throw UsageError("missing <subject>; --list shows them")
        }
        guard let exam = all.first(where: { $0.subject == name }) else {
            throw UsageError("'\(name)' cannot be judged; --list shows what can")
        }
        return [exam]
    }

    /// Its cases, a line each, as `--list` shows them.
    func list(withSubject: Bool) -> String {
        let head = withSubject ? "\(subject) " : ""
        return cases.map { "\(head)\($0.points) \($0.kind.rawValue) \($0.id) \($0.sentence)\n" }
            .joined()
    }
}
