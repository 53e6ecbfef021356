// Sends typed lines to everyone in the chat, and prints the lines of the others meanwhile.
//
// Telecommunications Network, Practice 4, Chat application. In three terminals:
//
//     swift run chat-server localhost 10000
//     swift run chat-client localhost 10000 Joseph
//     swift run chat-client localhost 10000 Anna

import Console
import Messaging
import Protocol

let program = Program("chat-client", "Talks with everyone at the same chat server.")
let endpoint = program.serverEndpoint(host: "localhost", port: 10_000)
let nameGiven = program.operand(
    "<name>", "your name there (default: the first line of input)", example: "Anna")
let listen = program.flag("listen", "stays until the server closes, even after the end of input")
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let keyboard = Keyboard()
    let nameTyped = { try keyboard.askOnTerminal("Name: ", check: NameRule.chat.check) }
    guard let name = try nameGiven.value ?? nameTyped() else {
        throw UsageError("no name was given, and input has ended")
    }
    let screen = Screen(keyboard)
    defer { screen.close() }
    let chat = try MessageStream(
        LineFraming(
            limit: ChatMessage.limit, ending: bare.value ? .bare : .newline, pause: .always),
        to: endpoint.value, timeout: timeout.value, pause: pause.value,
        trace: screen.above(trace.value))
    try chat.send(name)

    var lastLine = ""
    func show(_ line: TextLine) {
        screen.print(line.text.escaped)
        lastLine = line.text
    }
    while listen.value || !screen.isAtEnd {
        switch try chat.nextEvent(orInputAt: screen.descriptor) {
        case .message(let line): show(line)
        case .nothing:
            try screen.read()
            while let line = screen.nextLine() {
                guard !line.isEmpty else { continue }
                try LineFraming.checkLength(of: line)
                try chat.send(line)
            }
        case .end:
            chat.close()
            // After an error line, such as a refused name, the server's end is a failure.
            if listen.value, !lastLine.hasPrefix("error: ") { return }
            throw closed
        }
    }
    if try chat.leave(show), lastLine.hasPrefix("error: ") { throw closed }
}

private var closed: ProtocolError { ProtocolError("the server closed the connection") }
