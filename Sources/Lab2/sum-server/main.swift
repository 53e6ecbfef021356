// Adds its number to each client's, and shows the sum; a number out of range ends the server.
//
// Redes de Computadores, Lab 2, Assignment 2. In two terminals:
//
//     swift run sum-server 127.0.0.1 12000
//     swift run sum-client 127.0.0.1 12000

import Console
import Messaging
import Protocol
import Sockets

let program = Program("sum-server", "Adds its own number to each client's.", role: .server)
let endpoint = program.listeningEndpoint()
let name = program.option("name", "<text>", "sets the server's name (default: Server of <user>)")
let number = program.option(
    "number", "<n>", in: 1...100, default: "at random", "sets the server's number")
let seed = program.seed()
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.best)
let trace = program.trace()

program.run {
    let server = try MessageServer(
        SumFraming(ending: .likePeer), on: endpoint.value, timeout: timeout.value,
        pause: pause.value, poller: poller.value, log: diagnose, trace: trace.value)
    let serverName = name.value ?? "Server of \(userName())"
    let serverNumber = number.value ?? seed.value.number(in: 1...100)
    diagnose("listening on \(server.address)")

    while let event = try server.nextEvent() {
        guard case .received(let texts, let client) = event else { continue }
        let message = SumMessage(text: texts.first.text)
        switch message.number {
        case .integer(let clientNumber) where (1...100).contains(clientNumber):
            print("Client's name: \(message.name.escaped)")
            print("Server's name: \(serverName)")
            print("Client's number: \(clientNumber)")
            print("Server's number: \(serverNumber)")
            print("Sum: \(clientNumber + serverNumber)")
            client.send("\(serverName)\(message.separator)\(serverNumber)")
            client.close()
        case .integer, .tooLong:
            print("Client's number: \(message.number)")
            return server.close()
        case .missing:
            diagnose("\(client.label): '\(texts.first.text.escaped)' has no whole number")
            client.send("error: '\(message.name.escaped)' came without a whole number")
            client.close()
        }
    }
}
