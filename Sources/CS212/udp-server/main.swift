// Sends each datagram back in upper case.
//
// CS 212, Lab 2, question 1. In two terminals:
//
//     swift run udp-server 127.0.0.1 12000
//     swift run udp-client 127.0.0.1 12000 'hello, world'

import Console
import Protocol
import Sockets

let program = Program("udp-server", "Sends datagrams back in upper case.", role: .server)
let endpoint = program.listeningEndpoint()
let trace = program.trace()

program.run {
    let address = try SocketAddress.first(of: endpoint.value)
    let socket = try Socket(address.family, .datagram)
    try socket.bind(to: address)
    diagnose("listening on \(try socket.localAddress)")

    while true {
        guard let (message, client) = try socket.receiveDatagram() else { continue }
        trace.value?("from \(client): \(shown(message))")
        // Nobody receives at port 0; and two servers must not send errors to each other for ever.
        if client.port == 0 || tellsOfError(message) { continue }
        do {
            let reply = Array(try TextLine(datagram: message).text.uppercased().utf8)
            trace.value?("to \(client): \(shown(reply))")
            try socket.sendDatagram(reply, to: client)
        } catch {
            diagnose(client.line(about: error))  // one client's failure; the others are served
        }
    }
}
