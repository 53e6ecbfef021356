// Prints one message from each client, with the client's address, one client after another.
//
// Unit B3, the example that the sheet begins with, without what it leaves open. In two terminals:
//
//     swift run message-server 2000
//     swift run message-client localhost 2000 "this is my message"

import Console
import Messaging
import Protocol
import Sockets

let program = Program("message-server", "Prints what clients have to say.", role: .server)
let endpoint = program.listeningEndpoint()
let timeout = program.timeout()
let trace = program.trace()

program.run {
    let listener = try Socket.listener(on: .first(of: endpoint.value))
    diagnose("listening on \(try listener.localAddress)")

    while true {
        let (socket, address) = try listener.nextClient(log: diagnose)
        do {
            let client = try MessageStream(
                WholeStreamFraming(), over: socket, with: address, timeout: timeout.value,
                trace: trace.value)
            defer { client.close() }
            // The end of the stream ends the message. Without a byte before it there is none: that
            // was somebody who only looked whether the port is open.
            if let message = try client.receiveWhole() {
                print("\(address.pythonTuple): \(message.text.escaped)")
            }
        } catch {
            diagnose(address.line(about: error))
        }
    }
}
