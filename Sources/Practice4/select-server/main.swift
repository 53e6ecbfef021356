// Answers every message with OK, for any number of clients at once, with one call of select.
//
// This is the bare loop: whoever is ready gets one receive and one send, and nobody is waited for.
//
// Telecommunications Network, Practice 4, Exercise I. In two terminals:
//
//     swift run select-server localhost 10000
//     swift run select-client localhost 10000 hello world

import Console
import Sockets

let program = Program("select-server", "Answers every message with OK.", role: .server)
let endpoint = program.listeningEndpoint(host: "localhost", port: 10_000)
let trace = program.trace()

program.run {
    let address = try SocketAddress.first(of: endpoint.value.host, port: endpoint.value.port)
    let listener = try Socket(address.family, .stream)
    try listener.setOption(.reuseAddress, to: 1)
    try listener.bind(to: address)
    try listener.listen()
    try listener.setBlocking(false)
    let stop = try Socket.stopSignal()
    diagnose("listening on \(try listener.localAddress)")

    let clients = Clients(trace: trace.value)
    var inputs = [stop, listener]  // whose bytes we wait for
    var outputs: [Socket] = []  // who has to take the rest of an OK first
    var acceptAgain: Instant?  // while descriptors have run out

    while true {
        let (readable, writable) = try select(
            reading: inputs, writing: outputs, timeout: acceptAgain.map { $0 - .now })
        var someoneLeft = false
        for socket in readable {
            if socket === stop { return clients.closeAll() }
            if socket === listener {
                do {
                    while let client = try clients.accept(from: listener) { inputs.append(client) }
                } catch let error as SocketError where error.isOutOfDescriptors {
                    // To ask again at once would be to spin: new clients wait until one has left,
                    // or for a second, since this program may not be the one that has too many.
                    diagnose("\(error)")
                    inputs.remove(listener)
                    acceptAgain = .now + .seconds(1)
                }
                continue
            }
            switch clients.answer(socket) {
            case .listening: break
            case .full:
                inputs.remove(socket)
                outputs.append(socket)
            case .gone:
                inputs.remove(socket)
                someoneLeft = true
            }
        }
        for socket in writable {
            switch clients.sendRest(to: socket) {
            case .listening:
                outputs.remove(socket)
                inputs.append(socket)
            case .full: break
            case .gone:
                outputs.remove(socket)
                someoneLeft = true
            }
        }
        if let again = acceptAgain, someoneLeft || again <= .now {
            inputs.append(listener)
            acceptAgain = nil
        }
    }
}
