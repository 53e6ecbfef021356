// Sends five random expressions, or those given, to the server, each after the last reply.
//
// Telecommunications Network, Practice 4, Exercise II. In two terminals:
//
//     swift run calculator-server localhost 10000
//     swift run calculator-client localhost 10000 '12 + 30'

import Console
import Messaging
import Protocol

let program = Program("calculator-client", "Sends expressions to a server, and prints the results.")
let endpoint = program.serverEndpoint(host: "localhost", port: 10_000)
let expressions = program.operands(
    "<expression>...", "an expression such as '12 + 30' (default: five at random)",
    example: "'12 + 30'", parse: { try Expression($0) })
let delay = program.delay(default: 2)
let seed = program.seed()
let layout = program.option(
    "layout", "<format>", default: CalculatorLayout.defaultFormat,
    "sets the request's format, in the terms of Python's struct",
    parse: { try CalculatorLayout($0) })
let replyLayout = program.option(
    "reply", "<format>", "expects replies in this format instead of text",
    parse: { try CalculatorReplyLayout($0) })
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    let chance = seed.value
    let wanted =
        expressions.value.isEmpty
        ? (1...5).map { _ in Expression.random(chance) } : expressions.value
    let requests = try wanted.map { expression in
        do {
            return (expression, try layout.value.pack(expression.request))
        } catch {
            throw UsageError("'\(expression)': \(error)")
        }
    }

    let server = try MessageStream(
        CalculatorClientFraming(replyLayout: replyLayout.value), to: endpoint.value,
        timeout: timeout.value, pause: pause.value, trace: trace.value)
    for (expression, request) in requests {
        sleep(for: delay.value.next(chance))
        try server.send(request)
        guard let reply = try server.receive() else {
            throw ProtocolError("the server closed the connection before it had replied")
        }
        switch reply.description {
        case "err: zero": print("\(expression): division by zero")
        case "err: op": print("\(expression): unknown operator")
        case "err: big": print("\(expression): no finite result")
        case let result where Double(result) != nil: print("\(expression) = \(result)")
        case let words: print("\(expression): \(words)")
        }
        if case .text(let text) = reply, text.escaped != text {
            diagnose("the reply is no text; a server that replies in binary needs --reply")
        }
    }
    server.close()
}
