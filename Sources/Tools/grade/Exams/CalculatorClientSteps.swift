import Console
import Sockets

extension Step {
    /// The client starts, and its user types what it was found to need.
    static func startsCalculator(_ client: String) -> Step {
        Step("client \(client) starts") { play throws(Miss) in
            try play.startClient(client, [:])
            try play.program(client).type(play[CalculatorClientForm.self].typed)
        }
    }

    static func typesTasks(_ client: String) -> Step {
        Step("its user types the tasks that it asks for") { play throws(Miss) in
            try play.program(client).type(play[CalculatorClientForm.self].typed)
        }
    }

    /// The client sends its next request.
    static func asks(_ client: String) -> Step {
        Step("\(client) sends a request") { play throws(Miss) in try play.hearTask(client) }
    }

    /// Nothing comes, and the connection stays, as long as there is no reply.
    static func holdsForReply(_ client: String) -> Step {
        Step("\(client) waits for the reply, for 4 s") { play throws(Miss) in
            let peer = try play.peer(client)
            _ = peer.take(until: .now + .seconds(4))
            guard peer.buffer.isEmpty, peer.ending == nil else {
                let got = peer.buffer.isEmpty ? "the end of the connection" : peer.buffer.shown
                throw Miss(wanted: "nothing before the reply", got: got)
            }
            play.note("\(client) waits")
        }
    }

    /// After the last reply no other request comes.
    static func asksNoMore(_ client: String) -> Step {
        Step("\(client) sends no other request") { play throws(Miss) in
            let peer = try play.peer(client)
            _ = peer.take(until: play.deadline + play.exam.waits)
            guard !peer.buffer.isEmpty else { return }
            throw Miss(wanted: "no other request", got: peer.buffer.shown)
        }
    }

    /// These steps take so long, since the client waits.
    static func lasts(_ time: Duration, _ words: String, _ steps: [Step]) -> Step {
        Step("\(steps.map(\.words).joined(separator: "; ")), at least 2 s later") {
            play throws(Miss) in
            let start = Instant.now
            for step in steps { try step.perform(play) }
            // A little less, since clocks have their own opinions.
            guard Instant.now - start < time - .milliseconds(100) else { return }
            throw Miss(wanted: "2 s \(words) request", got: "less")
        }
    }

    /// Finds out what the user must type, if anything, so that a request comes.
    static let findsCalculatorKeyboard = Step("A starts; perhaps its user types tasks") {
        play throws(Miss) in
        var listeners: [Socket?] = []
        let keyboards = CalculatorClientForm.keyboards
        for (index, typed) in keyboards.enumerated() {
            play.listener = nil
            play[CalculatorClientForm.self].typed = typed
            try Step.startsCalculator("A\(index)").perform(play)
            listeners.append(play.listener)
        }
        var first: Miss?
        var isConnected = false
        for (index, typed) in keyboards.enumerated() {
            play.listener = listeners[index]
            play[CalculatorClientForm.self].typed = typed
            do throws(Miss) {
                try play.accept("A\(index)")
                isConnected = true
                if try play.peer("A\(index)").take(until: play.deadline + play.exam.waits) {
                    return
                }
            } catch {
                if error.isJudges { throw error }
                first = first ?? error
            }
        }
        play[CalculatorClientForm.self].typed = ""
        if let first, !isConnected { throw first }
    }

    /// Finds out in which formats the client speaks.
    static let findsCalculatorReply = Step("A asks, and goes on after a reply in its format") {
        play throws(Miss) in
        let kinds = play.contest.reply == nil ? CalculatorClientForm.Reply.allCases : [.text]
        let names = kinds.indices.map { $0 == 0 ? "A" : "A\($0)" }
        var listeners: [Socket?] = []
        for name in names {
            play.listener = nil
            try Step.startsCalculator(name).perform(play)
            listeners.append(play.listener)
        }
        for (index, name) in names.enumerated() {
            play.listener = listeners[index]
            try play.accept(name)
            if index == 0 { try play.findRequestForm(name) }
            try play.hearTask(name)
            play[CalculatorClientForm.self].reply = kinds[index]
            let (words, bytes) = play.calculatorReply(to: name)
            try play.send(bytes, words, on: name)
        }
        var first: Miss?
        for (index, name) in names.enumerated() {
            play[CalculatorClientForm.self].reply = kinds[index]
            do throws(Miss) {
                try play.hearTask(name)
                return play.findings.words = [
                    play[CalculatorRequestForm.self].words, "takes \(play.replyWords)",
                ]
            } catch {
                first = first ?? error
            }
        }
        if let first { throw first }
    }
}

extension Play {
    fileprivate func findRequestForm(_ client: String) throws(Miss) {
        let peer = try peer(client)
        _ = peer.take(until: deadline + exam.waits)
        guard !peer.buffer.isEmpty else {
            throw Miss(wanted: "a request", got: "nothing", .silence)
        }
        // The rest of a request that comes in pieces.
        sleep(for: .milliseconds(200))
        _ = peer.take(until: .now)
        let forms = contest.layout.map { [CalculatorRequestForm($0)] } ?? CalculatorRequestForm.all
        guard let form = CalculatorRequestForm.find(peer.buffer, in: forms) else {
            throw Miss(
                wanted: "two numbers and an operator, as i i 1s: 9 bytes", got: peer.buffer.shown)
        }
        self[CalculatorRequestForm.self] = form
    }

    fileprivate func hearTask(_ client: String) throws(Miss) {
        let form = self[CalculatorRequestForm.self]
        let wanted = Wanted("a request in \(form.words)") { bytes, hasEnded in
            let size = form.layout == nil ? bytes.count : form.size
            guard bytes.count >= size, !bytes.isEmpty else { return .more }
            guard let task = form.task(bytes), !task.hasOtherOrder else { return .wrong }
            return .found(count: size, words: task.words)
        }
        let bytes = try receive(wanted, on: client, within: patience + exam.waits)
        self[CalculatorTalk.self].tasks[client] = form.task(bytes)
    }
}
