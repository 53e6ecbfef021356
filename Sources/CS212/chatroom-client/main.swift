// Sends typed lines to everyone in the chat room, and shows the lines of the others meanwhile.
//
// CS 212, Lab 2, question 8. In three terminals:
//
//     swift run chatroom-server 127.0.0.1 12000
//     swift run chatroom-client 127.0.0.1 12000
//     swift run chatroom-client 127.0.0.1 12000

import Console
import Messaging
import Protocol

let program = Program("chatroom-client", "Talks with everyone in the same chat room.")
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
        to: endpoint.value, timeout: timeout.value, pause: pause.value,
        trace: screen.above(trace.value))

    var isLoggedIn = false
    var hasLeft = false
    var isRefused = false
    screen.print("Enter login name:")
    talk: while true {
        while let typed = screen.nextLine() {
            let line = isLoggedIn ? typed : typed.trimmed
            if !line.isEmpty {
                try LineFraming.checkLength(of: line)
                try room.send(line)
                hasLeft = line == ChatroomMessage.quit
                if hasLeft { break talk }
                guard !isLoggedIn else { continue }
                // Only the reply tells whether the next line is a message or another name.
                guard let reply = try room.receive() else { throw closed }
                screen.print(reply.text.escaped)
                isRefused = reply.text.hasPrefix("error: ")
                isLoggedIn = !isRefused
            }
            if !isLoggedIn { screen.print("Enter login name:") }
        }
        if screen.isAtEnd { break }
        switch try room.nextEvent(orInputAt: screen.descriptor) {
        case .message(let line): screen.print(line.text.escaped)
        case .nothing: try screen.read()
        case .end: throw closed
        }
    }

    _ = try room.leave { screen.print($0.text.escaped) }
    if isLoggedIn || hasLeft { return }
    guard isRefused else { throw UsageError("no name was given, and input has ended") }
    throw ProtocolError("the server does not take this name; try another")
}

private var closed: ProtocolError { ProtocolError("the server closed the connection") }
