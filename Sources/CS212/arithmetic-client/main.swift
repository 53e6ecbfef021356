// Sends typed lines to the server, which calculates them one by one, until q.
//
// CS 212, Lab 2, question 6. In two terminals:
//
//     swift run arithmetic-server 127.0.0.1 12000
//     swift run arithmetic-client 127.0.0.1 12000 Alice

import Console
import Messaging
import Protocol

let program = Program("arithmetic-client", "Sends typed calculations to a server, until q.")
let endpoint = program.serverEndpoint()
let nameGiven = program.operand(
    "<name>", "your name there (default: the first line of input)", example: "Alice")
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let keyboard = Keyboard()
    let nameTyped = { try keyboard.askOnTerminal("Name: ", check: NameRule.arithmetic.check) }
    guard let name = try nameGiven.value ?? nameTyped() else {
        throw UsageError("no name was given, and input has ended")
    }
    try LineFraming.checkLength(of: name)
    if let problem = NameRule.arithmetic.problem(with: TextLine(name)) { throw UsageError(problem) }
    let server = try MessageStream(
        LineFraming(ending: bare.value ? .bare : .newline, pause: .always), to: endpoint.value,
        timeout: timeout.value, pause: pause.value, trace: trace.value)
    func showUnasked(within time: Duration = .zero) throws {
        while case .message(let line) = try server.nextEvent(within: time) {
            print(line.text.escaped)
        }
    }
    try server.send(name)
    // Many servers send a greeting: text that comes now is no answer.
    try showUnasked(within: pause.value)

    while let line = try keyboard.askOnTerminal("Calculation, or q: "),
        line != ArithmeticRequest.end
    {
        guard ArithmeticRequest(line) != nil else {
            print("warning: wrong form; enter \(ArithmeticRequest.form), or q to stop")
            continue
        }
        try showUnasked()
        try server.send(line)
        guard let reply = try server.receive() else {
            throw ProtocolError("the server closed the connection before it had replied")
        }
        print(reply.text.escaped)
    }
    try server.send(ArithmeticRequest.end)
    server.close()
}
