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
        do {
            guard let request = try socket.receiveDatagram() else { continue }
            trace.value?("from \(request.sender): \(shown(request.bytes))")
            // Port 0 is nobody's; and two servers must not tell each other of errors for ever.
            guard request.sender.port != 0, !tellsOfError(request.bytes) else { continue }
            do {
                let text = try TextLine(datagram: request.bytes).text
                let reply = Array(text.uppercased().utf8)
                trace.value?("to \(request.sender): \(shown(reply))")
                try socket.sendDatagram(reply, to: request.sender)
            } catch let error as ProtocolError {
                diagnose("\(request.sender): \(error)")
            }
        } catch {
            diagnose("\(error)")  // one client's failure; the others are served all the same
        }
    }
}
