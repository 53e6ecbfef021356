// Greets a server and prints its answer.
//
// Programming 2, the "Hello-world" TCP client (and CS 212, Lab 2, question 4). In two terminals:
//
//     swift run hello-server localhost 9000
//     swift run hello-client localhost 9000

import Console
import Messaging
import Protocol

let program = Program("hello-client", "Greets a server and prints its answer.")
let endpoint = program.serverEndpoint(host: "localhost", port: 9_000)
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    let server = try MessageStream(
        LineFraming(ending: .bare), to: endpoint.value, timeout: timeout.value, pause: pause.value,
        trace: trace.value)
    try server.send("Hi Server")
    guard let reply = try server.receive() else {
        throw ProtocolError("the server closed the connection without a reply")
    }
    print(reply.text.escaped)
    server.close()
}
