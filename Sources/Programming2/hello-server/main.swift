// Answers each client's message with a greeting, one client after another.
//
// The sheet's seven calls in its order. The bytes of one `recv` are the message. The sheet's server
// ends after one client, and waits for a silent client for ever; this server goes on to the next.
//
// Programming 2, the "Hello-world" TCP server (and CS 212, Lab 2, question 4). In two terminals:
//
//     swift run hello-server localhost 9000
//     swift run hello-client localhost 9000

import Console
import Protocol
import Sockets

let program = Program("hello-server", "Answers each message with a greeting.", role: .server)
let endpoint = program.listeningEndpoint(host: "localhost", port: 9_000)
let timeout = program.timeout()
let trace = program.trace()

program.run {
    let address = try SocketAddress.first(of: endpoint.value)
    let listener = try Socket(address.family, .stream)
    try listener.setOption(.reuseAddress, to: 1)
    try listener.bind(to: address)
    try listener.listen()
    diagnose("listening on \(try listener.localAddress)")

    let reply = Array("Hello in return!".utf8)
    while true {
        let (client, address) = try listener.accept(log: diagnose)
        do {
            try client.setTimeout(timeout.value)
            if case .bytes(let message) = try client.receive(upTo: 1_024) {
                trace.value?("from \(address): \(shown(message))")
                trace.value?("to \(address): \(shown(reply))")
                try client.sendAll(reply)
            }
        } catch {
            diagnose(address.line(about: error))  // one client's failure; the next is served
        }
        client.closeGracefully()
    }
}
