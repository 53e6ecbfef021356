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
    let screen = Screen(isOpen: false)
    let listener = try Socket.listener(on: .first(of: endpoint.value))
    diagnose("listening on \(try listener.localAddress)")

    while true {
        let (socket, address) = try listener.accept(log: diagnose)
        do {
            screen.open()
            defer { screen.close() }
            let client = try MessageStream(
                LineFraming(ending: .likePeer), over: socket, with: address, timeout: timeout.value,
                pause: pause.value, trace: screen.above(trace.value))
            defer { client.close() }

            while true {
                screen.prompt = "The other's turn: "
                // There is no limit, for the other person may be thinking.
                guard let line = try client.receive(whileTypingAt: screen.keys, screen.read)
                else { break }
                screen.print(line.text.escaped)
                screen.prompt = "Your turn: "
                let reply = try answer(to: line, of: client, on: screen, at: listener)
                guard let reply, reply != "EXIT" else { break }
                try LineFraming.checkLength(of: reply)
                try client.send(reply)
            }
        } catch {
            diagnose(address.line(about: error))
        }
    }
}

/// Waits until the person here has answered `line`.
///
/// - Returns: `nil` at the end of input, or if the client has left and another one has come.
func answer(
    to line: TextLine, of client: MessageStream<LineFraming>, on screen: Screen,
    at listener: Socket
) throws -> String? {
    while true {
        let reply = try screen.readLine { input in
            guard let input, try !client.waitForInput(at: input) else { return true }
            // The client may have shut down only its sending and still wait for the answer; we
            // cannot tell.
            return try waitUntilReady(listener, for: .reading, orInputAt: input).input
        }
        // A client that sends no line ends gets none, so an empty line would have no bytes.
        if reply != "" || line.endsWithNewline { return reply }
    }
}
