// Sends what is typed to everyone in the chat, and prints what the others say meanwhile.
//
// Telecommunications Network, Practice 4, Chat application. In three terminals:
//
//     swift run chat-server localhost 10000
//     swift run chat-client localhost 10000 Joseph
//     swift run chat-client localhost 10000 Anna

import Console
import Messaging
import Protocol

let program = Program("chat-client", "Talks with everyone who is at the same chat server.")
let endpoint = program.serverEndpoint(host: "localhost", port: 10_000)
let nameGiven = program.operand("<name>", "your name there (default: the first line of input)")
let listen = program.flag("listen", "stays until the server closes, also after the end of input")
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let keyboard = Keyboard()
    guard let name = try nameGiven.value ?? keyboard.askOnTerminal("Name: ") else {
        throw UsageError("no name was given, and input has ended")
    }
    let chat = try MessageStream(
        LineFraming(
            limit: ChatMessage.limit, ending: bare.value ? .bare : .newline, pause: .always),
        to: endpoint.value.host, port: endpoint.value.port, timeout: timeout.value,
        pause: pause.value, trace: trace.value)
    try chat.send(name)

    var hasLeft = false
    var lastLine = ""
    while true {
        switch try chat.nextEvent(orInputAt: keyboard.descriptor) {
        case .message(let line):
            print(line.text.escaped)
            lastLine = line.text
        case .inputReady:
            for line in try keyboard.readLines() where !line.isEmpty {
                try LineFraming.checkLength(of: line)
                try chat.send(line)
            }
            if keyboard.isAtEnd, !listen.value {
                hasLeft = true
                try chat.finishSending()
            }
        case .end:
            chat.close()
            // After an error, as of a name that is taken, the end is no farewell.
            if hasLeft || listen.value, !lastLine.hasPrefix("error: ") { return }
            throw ProtocolError("the server closed the connection")
        }
    }
}
