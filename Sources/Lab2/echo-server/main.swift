// Sends one sentence back in upper case to each client, one client after another.
//
// The plain iterative server: while it hears one client out, the next one waits its turn.
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
    let listener = try Socket.listener(on: .first(of: endpoint.value))
    diagnose("listening on \(try listener.localAddress)")
    print("Server is running")

    while true {
        let (socket, address) = try listener.nextClient(log: diagnose)
        print("Connected by: \(address.pythonTuple)")
        do {
            let client = try MessageStream(
                LineFraming(ending: .likePeer), over: socket, with: address, timeout: timeout.value,
                pause: pause.value, trace: trace.value)
            try answer(client)
        } catch {
            diagnose(address.line(about: error))
        }
    }
}

/// Hears one client's sentence out and sends it back.
func answer(_ client: MessageStream<LineFraming>) throws {
    do {
        guard let sentence = try client.receiveWhole() else { return }
        print("Data from connected user: \(sentence.text.escaped)")
        try client.send(sentence.text.uppercased())
        client.close()
    } catch let error as ProtocolError {
        // It may be sending still, and a close alone would reset it.
        client.close()
        throw error
    }
}
