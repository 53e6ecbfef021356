// Calculates for any number of clients at once, and remembers each one's name for its session.
//
// CS 212, Lab 2, question 6, and the first half of question 8. In two terminals:
//
//     swift run arithmetic-server 127.0.0.1 12000
//     swift run arithmetic-client 127.0.0.1 12000 Alice

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "arithmetic-server", "Calculates for clients, each of which has a session.", role: .server)
let endpoint = program.listeningEndpoint()
let greeting = program.option(
    "greeting", "<text>", "answers each name with this text (default: with nothing)",
    parse: { text in
        try LineFraming.checkLength(of: text)
        return text
    })
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.best)
let trace = program.trace()

program.run {
    let server = try MessageServer(
        LineFraming(ending: .likePeer), on: endpoint.value, timeout: timeout.value,
        pause: pause.value, poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    // The state of this protocol: the names in the sessions that have not ended.
    var names: [Int: String] = [:]
    while let event = try server.nextEvent() {
        switch event {
        case .received(let lines, let client):
            for line in lines {
                if let name = names[client.id] {
                    if line.text == ArithmeticRequest.end {
                        print("Session ended")
                        names[client.id] = nil
                        client.close()
                    } else {
                        print("\(name): \(line.text.escaped)")
                        client.send(answer(to: line.text))
                    }
                } else if let problem = NameRule.arithmetic.problem(with: line) {
                    // There is no second try: the next message may be a request, and is no name.
                    client.send("error: \(problem)")
                    client.close()
                } else {
                    names[client.id] = line.text
                    client.name = line.text
                    if let greeting = greeting.value {
                        // The line end divides it from the first answer; so every client gets one.
                        client.send(line.endsWithNewline ? greeting : greeting + "\n")
                    }
                }
            }
        case .disconnected(let client):
            if let name = names.removeValue(forKey: client.id) {
                diagnose("\(name): left without q")
            }
        case .joined, .sent: break
        }
    }
}
