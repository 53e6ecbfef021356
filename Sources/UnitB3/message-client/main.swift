// Sends one message, and prints nothing if that succeeds.
//
// Unit B3, the example at the beginning of the sheet, without its assumptions. In two terminals:
//
//     swift run message-server 2000
//     swift run message-client localhost 2000 "this is my message"

import Console
import Protocol
import Sockets

let program = Program("message-client", "Sends a message to a server that prints it.")
let endpoint = program.serverEndpoint()
let text = program.requiredOperand(
    "<text>", "the message; quotes make it one argument", example: "'this is my message'")
let timeout = program.timeout()
let trace = program.trace()

program.run {
    let server = try SocketAddress.tryEach(of: endpoint.value) { address throws(SocketError) in
        let socket = try Socket(address.family, .stream)
        try socket.setTimeout(timeout.value)
        socket.sendWithHandshake()
        try socket.connect(to: address)
        return socket
    }
    let message = Array(text.value.utf8)
    trace.value?("to \(try server.remoteAddress): \(shown(message))")
    try server.sendAll(message)
    // The server closes once it has read everything. If it has gone, a reset comes. If it is busy
    // with another client, nothing comes, and it gets the message later.
    if let error = server.closeGracefully() { throw error }
}
