// Pairs players in the order in which they come, and referees any number of games of tic-tac-toe.
//
// Programming 2, Networking with Python, Task 5.3. In three terminals:
//
//     swift run tictactoe-server 127.0.0.1 10000
//     swift run tictactoe-client 127.0.0.1 10000 anna
//     swift run tictactoe-client 127.0.0.1 10000 bob

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "tictactoe-server", "Lets players of tic-tac-toe play, two at a time.", role: .server)
let endpoint = program.listeningEndpoint()
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.best)
let trace = program.trace()

program.run {
    let server = try MessageServer(
        LineFraming(), on: endpoint.value, timeout: timeout.value, pause: pause.value,
        poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    var lobby = Lobby()
    var members = Members<Peer<LineFraming>>(names: .tictactoe)
    func tell(_ notices: [Notice]) {
        for notice in notices {
            guard let peer = members[notice.receiver]?.value else { continue }
            peer.send(notice.message.description)
            if case .end = notice.message { peer.close() }
        }
    }

    while let event = try server.nextEvent() {
        switch event {
        case .received(let lines, let peer):
            for line in lines {
                if let member = members[peer.id] {
                    tell(lobby.take(line.text, from: Player(id: peer.id, name: member.name)))
                } else if let problem = members.join(peer, id: peer.id, as: line) {
                    peer.send(TictactoeMessage.error(problem).description)
                } else {
                    peer.name = line.text
                    print("\(line.text) joined")
                    let player = Player(id: peer.id, name: line.text)
                    tell(lobby.enter(player) { members[$0.id]?.value.hasLeft == false })
                }
            }
        case .disconnected(let peer):
            guard let member = members[peer.id] else { continue }
            // Before the member is removed: a player that has only shut down sending is told, too.
            tell(lobby.leave(Player(id: peer.id, name: member.name)))
            members.leave(peer.id)
            print("\(member.name) left")
        case .joined, .sent: break
        }
    }
}
