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
    "sum-client", "Sends a number and shows the sum; a number outside 1 to 100 ends the server.")
let endpoint = program.serverEndpoint()
let nameGiven = program.option("name", "<text>", "sets your name (default: asks for it)")
let numberGiven = program.option(
    "number", "<n>", "sets your number (default: asks for it)",
    parse: { try SumRequest.checkedNumber($0) })
let separator = program.option(
    "separator", "<text>", default: ",", "puts this between name and number: , ; : | or blanks")
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    lazy var keyboard = Keyboard()
    let inputEnded = UsageError("the input has ended; it must have two lines, name and number")
    let checkName = { try SumRequest(name: $0, number: "1", separator: separator.value) }
    guard let name = try nameGiven.value ?? keyboard.askOnTerminal("Name: ", check: checkName)
    else { throw inputEnded }
    let prompt = "Number from 1 to 100: "
    guard
        let number = try numberGiven.value
            ?? keyboard.askOnTerminal(prompt, check: SumRequest.checkedNumber)
    else { throw inputEnded }
    let request = try SumRequest(name: name, number: number, separator: separator.value)

    let server = try MessageStream(
        SumFraming(ending: .bare, pause: .always), to: endpoint.value, timeout: timeout.value,
        pause: pause.value, trace: trace.value)
    try server.send(request.text)
    try server.finishSending()
    guard let reply = try request.reply(from: server) else {
        return print("No reply: the server has closed the connection")
    }
    print("Client's name: \(request.name.escaped)")
    print("Server's name: \(reply.name.escaped)")
    print("Client's number: \(request.number)")
    print("Server's number: \(reply.number)")
    print("Sum: \(request.number + reply.number)")
    server.close()
}
