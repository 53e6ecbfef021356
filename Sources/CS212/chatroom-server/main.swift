// Keeps a chat room: announces each member who comes or goes, and passes on their messages.
//
// CS 212, Lab 2, question 8. In three terminals:
//
//     swift run chatroom-server 127.0.0.1 12000
//     swift run chatroom-client 127.0.0.1 12000
//     swift run chatroom-client 127.0.0.1 12000

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "chatroom-server", "Keeps a chat room, and passes its messages on.", role: .server)
let endpoint = program.listeningEndpoint()
let clock = program.clock()
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.best)
let trace = program.trace()

program.run {
    let server = try MessageServer(
        LineFraming(), on: endpoint.value, timeout: timeout.value, pause: pause.value,
        poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    let clock = clock.value
    var room = Chatroom<Peer<LineFraming>> { clock.text(format: "%H.%M") ?? "" }
    func tell(_ message: ChatroomMessage, except author: Int? = nil) {
        let line = message.description
        for member in room.everyone where member.id != author { member.value.send(line) }
    }

    while let event = try server.nextEvent() {
        switch event {
        case .received(let lines, let peer):
            for message in lines {
                // Drop the blanks at a name's ends, for nobody can see them.
                let line = room[peer.id] == nil ? message.trimmed : message
                if line.text == ChatroomMessage.quit {
                    peer.close()
                } else if let member = room[peer.id] {
                    guard !line.text.isEmpty else { continue }
                    tell(.text(name: member.name, text: line.text), except: peer.id)
                } else {
                    switch room.enter(peer, id: peer.id, as: line) {
                    case .refused(let problem): peer.send("error: \(problem)")
                    case .joined(let message):
                        peer.name = line.text
                        print("\(line.text) joined")
                        tell(message)
                    }
                }
            }
        case .disconnected(let peer):
            if let message = room.leave(peer.id) {
                print("\(peer.label) left")
                tell(message)
            }
        case .joined, .sent: break
        }
    }
}
