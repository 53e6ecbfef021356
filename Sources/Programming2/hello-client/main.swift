// Greets a server and prints its answer.
//
// The sheet's five calls in its order. The bytes of one `recv` are the answer.
//
// Programming 2, the "Hello-world" TCP client (and CS 212, Lab 2, question 4). In two terminals:
//
//     swift run hello-server localhost 9000
//     swift run hello-client localhost 9000

import Console
import Protocol
import Sockets

let program = Program("hello-client", "Greets a server and prints its answer.")
let endpoint = program.serverEndpoint(host: "localhost", port: 9_000)
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
    let address = try server.remoteAddress

    let message = Array("Hi Server".utf8)
    trace.value?("to \(address): \(shown(message))")
    try server.sendAll(message)
    do {
        guard case .bytes(let reply) = try server.receive(upTo: 4_096) else {
            throw ProtocolError("the server closed the connection without a reply")
        }
        trace.value?("from \(address): \(shown(reply))")
        print(TextLine(whole: reply).text.escaped)
    } catch let error as SocketError where error.isTimeout {
        throw NoReply(after: timeout.value)
    }
    server.closeGracefully()
}
