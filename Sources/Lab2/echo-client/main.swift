// Sends a sentence and prints the reply.
//
// Redes de Computadores, Lab 2, Assignment 1. In two terminals:
//
//     swift run echo-server 127.0.0.1 12000
//     swift run echo-client 127.0.0.1 12000

import Console
import Messaging
import Protocol

let program = Program("echo-client", "Sends a sentence, and prints the reply in upper case.")
let endpoint = program.serverEndpoint(host: "localhost", port: 12_000)
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    // Ask before connecting: while a connected user types, all other clients wait.
    guard let sentence = try Keyboard().ask("Input lowercase sequence: ") else {
        throw UsageError("no sentence was given, and input has ended")
    }
    try LineFraming.checkLength(of: sentence)

    // In upper case a letter may become three, as the German ß becomes SS.
    let server = try MessageStream(
        LineFraming(limit: 3 * LineFraming.defaultLimit, ending: .bare), to: endpoint.value,
        timeout: timeout.value, pause: pause.value, trace: trace.value)
    try server.send(sentence)
    try server.finishSending()
    let reply = try server.receive()
    guard reply != nil || sentence.isEmpty else {
        throw ProtocolError("the server closed the connection without a reply")
    }
    print("Message received: \(reply?.text.escaped ?? "")")
    server.close()
}
