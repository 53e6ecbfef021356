import Sockets

extension Step {
    /// Finds out in which formats the server speaks.
    static let findsCalculatorForm = Step("A asks 6 * 7, in the formats of the classes") {
        play throws(Miss) in
        let given = play.contest.layout.map { [CalculatorRequestForm($0)] }
        let forms = given ?? CalculatorRequestForm.all
        for (index, form) in forms.enumerated() {
            // The first is the most frequent one, and may need its time on a busy machine.
            let time = index == 0 ? play.patience / 2 : play.patience * 3 / 20
            if try play.tries(form, within: time) { return try play.findSigns() }
        }
        // None: the story is that of the first.
        play[CalculatorRequestForm.self] = forms[0]
        try play.tryCalculatorForm(within: play.patience)
        try play.findSigns()
    }
}

extension Play {
    /// Whether the server understands requests of this form.
    fileprivate func tries(
        _ form: CalculatorRequestForm, within time: Duration
    ) throws(Miss) -> Bool {
        self[CalculatorRequestForm.self] = form
        do throws(Miss) {
            try tryCalculatorForm(within: time)
            return true
        } catch {
            if error.isJudges { throw error }
            return false
        }
    }

    fileprivate func tryCalculatorForm(within time: Duration) throws(Miss) {
        startOver()
        forgetStory()
        try startServer()
        try connect("A")
        // Not a sum: that of two whole numbers that are read as floating ones has the same bytes.
        let task = CalculatorTask(6, "*", 7)
        let request = self[CalculatorRequestForm.self]
        let peer = try peer("A")
        try send(request.bytes(task), task.words, on: "A")
        _ = peer.take(until: .now + time)
        // The end tells how long the reply is.
        if !peer.buffer.isEmpty {
            try Step.halfCloses("A").perform(self)
            peer.waitForEnd(until: deadline)
        }
        if let given = contest.reply.flatMap(CalculatorReplyForm.given) {
            self[CalculatorReplyForm.self] = given
        } else {
            var form = CalculatorReplyForm.find(peer.buffer, of: task, request)
            form = form ?? CalculatorReplyForm(textEnd: peer.buffer.last == 10 ? [10] : [])
            self[CalculatorReplyForm.self] = form ?? CalculatorReplyForm()
        }
        try receive(wanted(task), on: "A", within: peer.buffer.isEmpty ? time : patience)
        guard peer.buffer.isEmpty else {
            throw Miss(wanted: "nothing after the reply", got: peer.buffer.shown)
        }
    }

    /// Finds out whether the numbers have a sign: `I` looks like `i` until one is negative.
    fileprivate func findSigns() throws(Miss) {
        defer {
            findings.words = [
                self[CalculatorRequestForm.self].words, self[CalculatorReplyForm.self].words,
            ]
        }
        let request = self[CalculatorRequestForm.self]
        guard let layout = request.layout, !request.isFloating else { return }
        guard layout.fields.allSatisfy({ $0.kind != .integer || $0.isSigned }) else {
            return self[CalculatorRequestForm.self].isUnsigned = true
        }
        startOver()
        try startServer()
        try connect("A")
        let task = CalculatorTask(-5, "+", 3)
        let unsigned = CalculatorTask(4_294_967_291, "+", 3)
        try send(request.bytes(task), task.words, on: "A")
        let peer = try peer("A")
        _ = peer.take(until: deadline)
        let isBinary = self[CalculatorReplyForm.self].field != nil
        // A reply of 4 bytes cannot hold the result of unsigned numbers: it ends some programs.
        guard !isBinary || !peer.buffer.isEmpty else {
            return self[CalculatorRequestForm.self].isUnsigned = true
        }
        if case .found = wanted(task).match(peer.buffer, false) { return }
        if case .found = wanted(unsigned).match(peer.buffer, false) {
            self[CalculatorRequestForm.self].isUnsigned = true
        }
    }
}
