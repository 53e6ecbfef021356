// Prints one message from each client, with the client's address, one client after another.
//
// Unit B3, the example at the beginning of the sheet, without its assumptions. In two terminals:
//
//     swift run message-server 2000
//     swift run message-client localhost 2000 "this is my message"

import Console
import Protocol
import Sockets

let program = Program("message-server", "Prints the messages of its clients.", role: .server)
let endpoint = program.listeningEndpoint()
let timeout = program.timeout()
let trace = program.trace()

program.run {
    let address = try SocketAddress.first(of: endpoint.value)
    let listener = try Socket(address.family, .stream)
    try listener.setOption(.reuseAddress, to: 1)
    try listener.bind(to: address)
    try listener.listen()
    diagnose("listening on \(try listener.localAddress)")

    while true {
        let (client, address) = try listener.accept(log: diagnose)
        do {
            try client.setTimeout(timeout.value)
            // The end of the stream ends the message. A client that sends no byte only tests
            // whether the port is open.
            let message = try client.receiveAll(upTo: WholeStreamFraming.limit)
            if !message.isEmpty {
                trace.value?("from \(address): \(shown(message))")
                print("\(address.pythonTuple): \(TextLine(whole: message).text.escaped)")
            }
        } catch {
            diagnose(address.line(about: error))  // one client's failure; the next is served
        }
        client.closeGracefully()
    }
}
