// Sends what is typed to everyone in the chat room, and shows what happens there meanwhile.
//
// CS 212, Lab 2, question 8. In three terminals:
//
//     swift run chatroom-server 127.0.0.1 12000
//     swift run chatroom-client 127.0.0.1 12000
//     swift run chatroom-client 127.0.0.1 12000

import Console
import Messaging
import Protocol

let program = Program("chatroom-client", "Talks with everyone who is in the same chat room.")
let endpoint = program.serverEndpoint()
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let screen = Screen(prompt: "> ")
    defer { screen.close() }
    let room = try MessageStream(
        LineFraming(
            limit: ChatroomMessage.limit, ending: bare.value ? .bare : .newline, pause: .always),
        to: endpoint.value.host, port: endpoint.value.port, timeout: timeout.value,
        pause: pause.value,
        trace: trace.value.map { trace in { line in screen.aside { trace(line) } } })

    var isLoggedIn = false
    screen.print("Enter login name:")
    talk: while true {
        while let line = screen.nextLine() {
            guard !line.isEmpty else { continue }
            try LineFraming.checkLength(of: line)
            try room.send(line)
            if line == ChatroomMessage.quit { break talk }
            guard !isLoggedIn else { continue }
            // Whether the next line is a message or another name, only the reply tells.
            guard let reply = try room.receive() else { throw closed }
            screen.print(reply.text.escaped)
            isLoggedIn = !reply.text.hasPrefix("error: ")
            if !isLoggedIn { screen.print("Enter login name:") }
        }
        if screen.isAtEnd { break }
        switch try room.nextEvent(orInputAt: screen.descriptor) {
        case .message(let line): screen.print(line.text.escaped)
        case .inputReady: try screen.read()
        case .end: throw closed
        }
    }

    // From here on no person is waited for: the server owes the end of its stream.
    try room.finishSending()
    while let line = try room.receive() { screen.print(line.text.escaped) }
    room.close()
}

private var closed: ProtocolError { ProtocolError("the server closed the connection") }
