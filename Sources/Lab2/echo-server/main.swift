// Sends one sentence back in upper case to each client, one client after another.
//
// The plain iterative server: while it serves one client, the next one waits.
//
// Redes de Computadores, Lab 2, Assignment 1. In two terminals:
//
//     swift run echo-server 127.0.0.1 12000
//     swift run echo-client 127.0.0.1 12000

import Console
import Messaging
import Protocol
import Sockets

let program = Program("echo-server", "Sends sentences back in upper case.", role: .server)
let endpoint = program.listeningEndpoint(port: 12_000)
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    let address = try SocketAddress.first(of: endpoint.value)
    let listener = try Socket(address.family, .stream)
    try listener.setOption(.reuseAddress, to: 1)
    try listener.bind(to: address)
    try listener.listen()
    diagnose("listening on \(try listener.localAddress)")
    print("Server is running")

    while true {
        let (socket, address) = try listener.accept(log: diagnose)
        print("Connected by: \(address.pythonTuple)")
        do {
            let client = try MessageStream(
                LineFraming(ending: .likePeer), over: socket, with: address, timeout: timeout.value,
                pause: pause.value, trace: trace.value)
            // Close in good order after an error, too: the client may still be sending.
            defer { client.close() }
            guard let sentence = try client.receiveWhole() else { continue }
            print("Data from connected user: \(sentence.text.escaped)")
            try client.send(sentence.text.uppercased())
        } catch {
            diagnose(address.line(about: error))  // one client's failure; the next is served
        }
    }
}
