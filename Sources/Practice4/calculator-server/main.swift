// Calculates for any number of clients at once: it gets two numbers and an operator, and replies
// with the result.
//
// Telecommunications Network, Practice 4, Exercise II. In two terminals:
//
//     swift run calculator-server localhost 10000
//     swift run calculator-client localhost 10000 '12 + 30'

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "calculator-server", "Calculates for any number of clients at once.", role: .server)
let endpoint = program.listeningEndpoint(host: "localhost", port: 10_000)
let layout = program.option(
    "layout", "<format>", default: CalculatorLayout.defaultFormat,
    "sets the request's format, in the terms of Python's struct",
    parse: { try CalculatorLayout($0) })
let replyLayout = program.option(
    "reply", "<format>", "replies in this format instead of text",
    parse: { try CalculatorReplyLayout($0) })
let timeout = program.timeout()
let poller = program.poller(default: Poller.Mechanism.select)
let trace = program.trace()

program.run {
    let server = try MessageServer(
        CalculatorServerFraming(layout: layout.value), on: endpoint.value, timeout: timeout.value,
        poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    while let event = try server.nextEvent() {
        switch event {
        case .joined(let client): print("client \(client.number) joined")
        case .received(let requests, let client):
            for request in requests {
                let result = Calculation.result(of: request)
                do {
                    client.send(
                        try replyLayout.value.map { try result.packed(in: $0) }
                            ?? .text(result.text))
                } catch {
                    diagnose("\(client.label): \(request): \(error)")
                    client.close()
                }
            }
        case .disconnected(let client) where client.number > 0:
            print("client \(client.number) left")
        case .disconnected, .sent: break
        }
    }
}
