// Two people talk in strict turns: one line from the client, one from here, and again.
//
// Unit B3, Lab tasks: the server. It talks with one client after another. In two terminals:
//
//     swift run talk-server 2000
//     swift run talk-client localhost 2000

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "talk-server", "Talks with one client after another, a line each in turn.", role: .server)
let endpoint = program.listeningEndpoint()
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    let keyboard = Keyboard()
    let listener = try Socket.listener(
        on: .first(of: endpoint.value.host, port: endpoint.value.port))
    diagnose("listening on \(try listener.localAddress)")

    while true {
        let (socket, address) = try listener.nextClient(log: diagnose)
        do {
            let client = try MessageStream(
                LineFraming(ending: .likePeer), over: socket, with: address,
                timeout: timeout.value, pause: pause.value, trace: trace.value)
            defer { client.close() }

            // However long it takes: the person over there is thinking.
            while case .message(let line) = try client.nextEvent(orInputAt: nil) {
                print(line.text.escaped)
                let reply = try answer(to: line, of: client, from: keyboard, at: listener)
                guard let reply, reply != "EXIT" else { break }
                try LineFraming.checkLength(of: reply)
                try client.send(reply)
            }
        } catch {
            diagnose("\(address): \(error)")
        }
    }
}

/// Waits until the person here has answered `line`.
///
/// - Returns: `nil` at the end of input, and once the client has left and the next one is there.
func answer(
    to line: TextLine, of client: MessageStream<LineFraming>, from keyboard: Keyboard,
    at listener: Socket
) throws -> String? {
    while let input = keyboard.descriptor {
        if try !client.waitForInput(at: input) {
            // It may have ended only its own stream and still wait for the answer; nobody can tell.
            let ready = try waitUntilReady(listener, for: .reading, orInputAt: input)
            guard ready.input else { return nil }
        }
        let reply = try keyboard.readLine()
        // Who sends no line ends gets none, and an empty line without one is nothing.
        if reply != "" || line.endsWithNewline { return reply }
    }
    return nil
}
