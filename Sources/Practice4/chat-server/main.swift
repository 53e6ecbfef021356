// Passes every member's messages on to all the others, with the sender's name before them.
//
// Telecommunications Network, Practice 4, Chat application. In three terminals:
//
//     swift run chat-server localhost 10000
//     swift run chat-client localhost 10000 Joseph
//     swift run chat-client localhost 10000 Anna

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "chat-server", "Passes messages on between any number of members.", role: .server)
let endpoint = program.listeningEndpoint(host: "localhost", port: 10_000)
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.select)
let trace = program.trace()

program.run {
    let server = try MessageServer(
        LineFraming(), on: endpoint.value, timeout: timeout.value, pause: pause.value,
        poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    var members = Members<Peer<LineFraming>>(names: .chat)
    while let event = try server.nextEvent() {
        switch event {
        case .received(let lines, let peer):
            var messages: [String] = []
            for line in lines {
                if let member = members[peer.id] {
                    guard !line.text.isEmpty else { continue }
                    messages.append(ChatMessage(name: member.name, text: line.text).description)
                    continue
                }
                let name = line.trimmed
                if let problem = members.join(peer, id: peer.id, as: name) {
                    peer.send("error: \(problem)")
                    peer.close()
                } else {
                    peer.name = name.text
                    print("\(name.text) joined")
                }
            }
            for other in members.all where other.id != peer.id {
                other.value.send(messages)
            }
        case .disconnected(let peer):
            if let member = members.leave(peer.id) { print("\(member.name) left") }
        case .joined, .sent: break
        }
    }
}
