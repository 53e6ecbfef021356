// Sends a name and a number, and shows the sum with the server's number.
//
// Redes de Computadores, Lab 2, Assignment 2. In two terminals:
//
//     swift run sum-server 127.0.0.1 12000
//     swift run sum-client 127.0.0.1 12000

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "sum-client", "Has a number added to the server's; one out of 1 to 100 ends the server.")
let endpoint = program.serverEndpoint()
let nameGiven = program.option("name", "<text>", "sets your name (default: asked for)")
let numberGiven = program.option(
    "number", "<n>", "sets your number (default: asked for)",
    parse: { try SumRequest.checkedNumber($0) })
let separator = program.option(
    "separator", "<text>", default: ",", "stands between name and number: , ; : | or blanks")
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    let keyboard = Keyboard()
    let name = try nameGiven.value ?? keyboard.askOnTerminal("Name: ")
    let number = try numberGiven.value ?? keyboard.askOnTerminal("Number from 1 to 100: ")
    guard let name, let number else {
        throw ProtocolError("name and number are two lines of input; it has ended")
    }
    let request = try SumRequest(name: name, number: number, separator: separator.value)

    let server = try MessageStream(
        SumFraming(ending: .bare, pause: .always), to: endpoint.value.host, port: endpoint.value.port,
        timeout: timeout.value, pause: pause.value, trace: trace.value)
    try server.send(request.text)
    try server.finishSending()
    guard let reply = try request.reply(from: server) else { return print("Server has ended") }
    guard case .integer(let clientNumber) = request.number,
        case .integer(let serverNumber) = reply.number
    else { throw ProtocolError("the server replied, but the numbers are too long to be added") }
    print("Client's name: \(request.name)")
    print("Server's name: \(reply.name.escaped)")
    print("Client's number: \(clientNumber)")
    print("Server's number: \(serverNumber)")
    print("Sum: \(Int128(clientNumber) + Int128(serverNumber))")
    server.close()
}
