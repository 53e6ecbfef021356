// Answers each client's message with a greeting.
//
// Programming 2, the "Hello-world" TCP server (and CS 212, Lab 2, question 4). In two terminals:
//
//     swift run hello-server localhost 9000
//     swift run hello-client localhost 9000

import Console
import Messaging
import Protocol
import Sockets

let program = Program("hello-server", "Answers each message with a greeting.", role: .server)
let endpoint = program.listeningEndpoint(host: "localhost", port: 9_000)
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.best)
let trace = program.trace()

program.run {
    let server = try MessageServer(
        LineFraming(ending: .bare), on: endpoint.value, timeout: timeout.value, pause: pause.value,
        poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    while let event = try server.nextEvent() {
        guard case .received(_, let client) = event else { continue }
        client.send("Hello in return!")
        client.close()
    }
}
