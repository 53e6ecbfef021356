// Answers each datagram with the date or the time, and remembers no client.
//
// CS 212, Lab 2, question 3. In two terminals:
//
//     swift run datetime-server 127.0.0.1 12000
//     swift run datetime-client 127.0.0.1 12000

import Console
import Protocol
import Sockets

let program = Program("datetime-server", "Tells the date or the time by UDP.", role: .server)
let endpoint = program.listeningEndpoint()
let clock = program.clock()
let trace = program.trace()

/// The answer to a datagram, or `nil` if it must get none.
func answer(to message: [UInt8], from client: SocketAddress, at clock: WallClock) -> String? {
    // Nobody receives at port 0; and two servers must not send errors to each other for ever.
    guard client.port != 0, !tellsOfError(message) else { return nil }
    switch DateTimeRequest(datagram: message) {
    case .date: return clock.date()
    case .time: return clock.time()
    case nil: return DateTimeRequest.unknownRequest
    }
}

program.run {
    let address = try SocketAddress.first(of: endpoint.value)
    let socket = try Socket(address.family, .datagram)
    try socket.bind(to: address)
    diagnose("listening on \(try socket.localAddress)")

    while true {
        do {
            guard let (message, client) = try socket.receiveDatagram() else { continue }
            trace.value?("from \(client): \(shown(message))")
            guard let reply = answer(to: message, from: client, at: clock.value) else { continue }
            trace.value?("to \(client): \(shown(Array(reply.utf8)))")
            try socket.sendDatagram(Array(reply.utf8), to: client)
        } catch {
            diagnose("\(error)")  // one client's failure; the others are served all the same
        }
    }
}
