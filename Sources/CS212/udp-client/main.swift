// Sends datagrams and prints the replies.
//
// CS 212, Lab 2, question 1. In two terminals:
//
//     swift run udp-server 127.0.0.1 12000
//     swift run udp-client 127.0.0.1 12000 'hello, world'

import Console
import Protocol
import Sockets

let program = Program("udp-client", "Sends datagrams and prints the replies.")
let endpoint = program.serverEndpoint()
let messages = program.operands(
    "<message>...", "a message for each datagram (default: each line of input)",
    example: "'hello, world'")
let timeout = program.timeout()
let trace = program.trace()

program.run {
    for message in messages.value { try LineFraming.checkLength(of: message) }
    let address = try SocketAddress.first(of: endpoint.value)
    lazy var keyboard = Keyboard()
    var given = messages.value[...]

    while let text = try messages.value.isEmpty
        ? keyboard.askOnTerminal("Message: ") : given.popFirst()
    {
        try LineFraming.checkLength(of: text)
        // Each message has a socket of its own, so a second copy of an earlier reply finds no
        // reader. The socket is connected, so no other sender's datagram reaches it.
        let socket = try Socket(address.family, .datagram)
        try socket.connect(to: address)
        try socket.setTimeout(timeout.value)
        let message = Array(text.utf8)
        trace.value?("to \(address): \(shown(message))")
        try socket.sendDatagram(message)
        do {
            guard let (reply, _) = try socket.receiveDatagram() else { continue }
            trace.value?("from \(address): \(shown(reply))")
            let line = try TextLine(datagram: reply, limit: 3 * LineFraming.defaultLimit)
            print(line.text.escaped)
        } catch let error as SocketError where error.isTimeout {
            throw NoReply(after: timeout.value, advice: "datagrams get lost, try again")
        }
        socket.close()
    }
}
