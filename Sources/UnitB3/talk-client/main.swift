// Two people talk in strict turns: one line from here, one from the server, and again.
//
// Unit B3, Lab tasks: the client. In two terminals:
//
//     swift run talk-server 2000
//     swift run talk-client localhost 2000

import Console
import Messaging
import Protocol

let program = Program("talk-client", "Talks with the person at the server, a line each in turn.")
let endpoint = program.serverEndpoint()
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let screen = Screen()
    defer { screen.close() }
    let server = try MessageStream(
        LineFraming(ending: bare.value ? .bare : .newline, pause: .always), to: endpoint.value,
        timeout: timeout.value, pause: pause.value, trace: screen.above(trace.value))
    defer { server.close() }

    while true {
        screen.prompt = "Your turn: "
        // This notices at once if the server closes while someone types here; that is a normal end.
        guard let line = try screen.readLine(server.waitForInput), line != "EXIT" else { break }
        // An empty line without a line end has no bytes, so no reply would come.
        if line.isEmpty, bare.value { continue }
        try LineFraming.checkLength(of: line)
        try server.send(line)

        screen.prompt = "The other's turn: "
        // There is no limit, for the other person may be thinking.
        guard let reply = try server.receive(whileTypingAt: screen.keys, screen.read) else { break }
        screen.print(reply.text.escaped)
    }
}
