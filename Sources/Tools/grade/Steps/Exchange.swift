/// Something that a client asks, and the answer that it must get.
struct Question: Sendable {
    /// The answer, and the client that gets it: of a chat another one than the sender.
    struct Answer: Sendable {
        let at: String
        /// Made when it is due, since it may depend on what was said meanwhile.
        let wanted: @Sendable (Play) -> Wanted
        /// Takes notice of the answer that came.
        var notice: @Sendable (Play, [UInt8]) -> Void = { _, _ in }
    }

    let words: String
    let bytes: [UInt8]
    let answers: [Answer]
    /// The bytes of each part but the last, where each part is a message of its own.
    var parts: [Int] = []
    /// The end of the stream ends the question.
    var endsStream = false

    /// Makes a question whose answer comes to its asker.
    init(
        _ words: String, _ bytes: [UInt8], by asker: String,
        wanted: @escaping @Sendable (Play) -> Wanted,
        notice: @escaping @Sendable (Play, [UInt8]) -> Void = { _, _ in }
    ) {
        self.init(words, bytes, answers: [Answer(at: asker, wanted: wanted, notice: notice)])
    }

    init(_ words: String, _ bytes: [UInt8], answers: [Answer]) {
        self.words = words
        self.bytes = bytes
        self.answers = answers
    }
}

/// How clients talk to the servers of an exercise: the cases of any server are played with it.
struct Exchange: Sendable {
    /// The steps by which a client comes to its first question: it connects, and gives its name.
    var enter: @Sendable (_ client: String) -> [Step] = { [.connects($0)] }
    /// The steps before the first client enters, besides the program's start.
    var prepare: [Step] = []
    /// The next question of a client. Two that follow each other have different answers.
    let next: @Sendable (Play, _ client: String) throws(Miss) -> Question
    /// Bytes that are no message of this exercise.
    var garbage: [UInt8]?
    /// Why messages are neither cut nor glued, by what was found out; `nil` if they can be.
    var noFraming: @Sendable (Findings) -> String? = { _ in nil }
    /// The sheet's server serves one client after another: the next waits until this one has left.
    var isOneByOne = false
    /// The sheet's server takes one question of each connection.
    var isOneQuestion = false
    /// Why no second client comes, by what was found out; `nil` if one can.
    var noSecond: @Sendable (Findings) -> String? = { _ in nil }

    /// The program runs, and these clients may ask.
    func opening(_ clients: String...) -> [Step] {
        [.starts] + prepare + clients.flatMap(enter)
    }

    /// A client comes, asks, is answered and leaves.
    func visit(_ client: String) -> [Step] {
        enter(client) + [.asks(client, self), .answered(client), .leaves(client)]
    }
}

extension Step {
    /// A client asks its next question, whole or cut after so many bytes.
    static func asks(_ client: String, _ exchange: Exchange, cutInto sizes: [Int] = []) -> Step {
        Step("\(client) asks" + (sizes.isEmpty ? "" : " in \(sizes.count + 1) pieces")) {
            play throws(Miss) in
            try play.ask(try exchange.next(play, client), by: client, cutInto: sizes)
        }
    }

    /// A client asks its next question, its bytes one by one.
    static func asksByteByByte(_ client: String, _ exchange: Exchange) -> Step {
        Step("\(client) asks, a byte at a time") { play throws(Miss) in
            let question = try exchange.next(play, client)
            let sizes = question.bytes.dropLast().map { _ in 1 }
            try play.ask(question, by: client, cutInto: sizes)
        }
    }

    /// A client asks in two pieces again and again, each time cut at another place.
    static func asksCutEverywhere(_ client: String, _ exchange: Exchange) -> Step {
        Step("\(client) asks in two pieces, cut at each place") { play throws(Miss) in
            var size = 1
            while true {
                let question = try exchange.next(play, client)
                guard size < question.bytes.count else { return }
                try play.ask(question, by: client, cutInto: [size])
                try Step.answered(client).perform(play)
                if exchange.isOneQuestion {
                    try Step.leaves(client).perform(play)
                    for step in exchange.enter(client) { try step.perform(play) }
                }
                // A long text is cut near its beginning, and before its line end.
                let last = question.bytes.count - 1
                size = size < 8 || size >= last ? size + 1 : last
            }
        }
    }

    /// A client sends two questions in one segment.
    static func asksTwice(_ client: String, _ exchange: Exchange) -> Step {
        Step("\(client) asks twice in one segment") { play throws(Miss) in
            let first = try exchange.next(play, client)
            let second = try exchange.next(play, client)
            try play.send(
                first.bytes + second.bytes, "\(first.words), \(second.words)", on: client)
            try play.peer(client).owed += first.answers + second.answers
        }
    }

    /// A client sends the beginning of a question; `asksRest` sends the end.
    static func asksHalf(_ client: String, _ exchange: Exchange) -> Step {
        Step("\(client) sends half a message") { play throws(Miss) in
            let question = try exchange.next(play, client)
            let half = Array(question.bytes.prefix(max(1, question.bytes.count / 2)))
            try play.send(half, "half of \(question.words)", on: client)
            let peer = try play.peer(client)
            play.waitUntilRead(peer)
            play.waitUntilAsleep()
            peer.rest = Array(question.bytes.dropFirst(half.count))
            peer.owed += question.answers
        }
    }

    static func asksRest(_ client: String) -> Step {
        Step("\(client) sends the rest") { play throws(Miss) in
            let peer = try play.peer(client)
            try play.send(peer.rest, "the rest", on: client, isRest: true)
            peer.rest = []
        }
    }

    /// All answers to a client's questions come, in their order.
    static func answered(_ client: String) -> Step {
        Step("it gets the right answer") { play throws(Miss) in
            let peer = try play.peer(client)
            while !peer.owed.isEmpty {
                let answer = peer.owed.removeFirst()
                answer.notice(play, try play.receive(answer.wanted(play), on: answer.at))
            }
        }
    }
}

extension Play {
    /// Asks a question; its answers are owed from now on.
    func ask(
        _ question: Question, by client: String, cutInto sizes: [Int] = []
    ) throws(Miss) {
        let sizes = sizes.isEmpty ? question.parts : sizes
        try send(question.bytes, question.words, on: client, cutInto: sizes)
        try peer(client).owed += question.answers
        if question.endsStream { try Step.halfCloses(client).perform(self) }
    }
}
