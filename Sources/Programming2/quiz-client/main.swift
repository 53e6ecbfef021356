// Shows the quiz's questions, sends the typed answers, and shows points and rank at the end.
//
// Programming 2, Task 5.1, with its three bonus tasks. In two terminals:
//
//     swift run quiz-server 127.0.0.1 10000
//     swift run quiz-client 127.0.0.1 10000 anna 5

import Console
import Messaging
import Protocol

let program = Program("quiz-client", "Plays the quiz.")
let endpoint = program.serverEndpoint()
let nameGiven = program.operand(
    "<name>", "your name (default: the first line of input)", example: "anna")
let countGiven = program.operand(
    "<n>", "the number of questions (default: the next line of input)", example: "5")
let registers = program.flag("register", "takes the name with a password, and logs in")
let logsIn = program.flag("login", "proves with the password that the name is yours")
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let keyboard = Keyboard()
    let entry = Entry(
        name: nameGiven.value, count: countGiven.value, registers: registers.value,
        logsIn: logsIn.value, keyboard: keyboard)
    let requests = try entry.requests()
    let password = requests.compactMap(\.password).first
    let server = try MessageStream(
        LineFraming(
            ending: bare.value ? .bare : .newline,
            traceIncoming: { QuizRequest.shown($0, without: password) },
            traceOutgoing: { QuizRequest.shown(QuizRequest.shown($0), without: password) }),
        to: endpoint.value, timeout: timeout.value, pause: pause.value, trace: trace.value)

    var line = ""
    for var request in requests {
        line = try reply(to: request, from: server)
        while line.begins(with: "error: ") {
            guard let other = try entry.request(inPlaceOf: request, after: line) else {
                throw entry.failure(of: request, after: line)
            }
            request = other
            line = try reply(to: request, from: server)
        }
        print(line.escaped)
    }
    while !line.begins(with: "rank ") {
        // After the last of the four answers, or an error about our answer, the server waits for
        // us.
        if line.begins(with: "d) ") || line.begins(with: "error: ") {
            guard let answer = try nextAnswer(from: keyboard) else {
                diagnose("input has ended; play again under the same name to go on with this game")
                break
            }
            try server.send(answer)
        }
        guard let next = try server.receive()?.text else {
            if line.begins(with: "score ") { break }  // a server without the bonus tasks
            throw ProtocolError("the server closed the connection")
        }
        line = next
        print(line.escaped)
    }
    server.close()
}

/// Sends a request, and waits for the reply that grants it, or for an error.
func reply(to request: QuizRequest, from server: MessageStream<LineFraming>) throws -> String {
    try server.send(request.description)
    guard let line = try server.receive()?.text else {
        throw ProtocolError("the server closed the connection without a reply")
    }
    let expected =
        switch request {
        case .register: "registered "
        case .login: "welcome "
        case .play, .answer: "question "
        }
    guard line.begins(with: expected) || line.begins(with: "error: ") else {
        let shown = QuizRequest.shown(line, without: request.password).escaped
        throw ProtocolError("the server replied '\(shown)' instead of '\(expected)...'")
    }
    return line
}

/// Waits for a line to send; skips empty lines.
func nextAnswer(from keyboard: Keyboard) throws -> String? {
    while let line = try keyboard.askOnTerminal("Your answer: ") {
        try LineFraming.checkLength(of: line)
        if !line.isEmpty { return line }
    }
    return nil
}

extension String {
    /// Whether the text begins with these bytes. (Characters would not do: a letter such as U+0E33
    /// makes one character with the blank before it.)
    func begins(with start: String) -> Bool { utf8.starts(with: start.utf8) }
}
