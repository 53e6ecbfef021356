// Plays tic-tac-toe against another player: shows the board, and asks for a cell in turn.
//
// Programming 2, Networking with Python, Task 5.3. In three terminals:
//
//     swift run tictactoe-server 127.0.0.1 10000
//     swift run tictactoe-client 127.0.0.1 10000 anna
//     swift run tictactoe-client 127.0.0.1 10000 bob

import Console
import Messaging
import Protocol

let program = Program("tictactoe-client", "Plays tic-tac-toe against the next player to come.")
let endpoint = program.serverEndpoint()
let nameGiven = program.operand(
    "<name>", "your name there (default: the first line of input)", example: "anna")
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let keyboard = Keyboard()
    guard let name = try nameGiven.value ?? keyboard.askOnTerminal("Name: ") else {
        throw UsageError("no name was given, and input has ended")
    }
    let server = try MessageStream(
        LineFraming(ending: bare.value ? .bare : .newline), to: endpoint.value,
        timeout: timeout.value, pause: pause.value, trace: trace.value)
    var view = GameView()
    var isAsked = false
    var typed: [String] = []

    func show(_ line: TextLine?) throws -> TictactoeMessage {
        // Begin a new row, so that a message that comes unasked stands below the prompt, not behind
        // it.
        Keyboard.endPrompt()
        guard let line else {
            throw ProtocolError("the server closed the connection before the game ended")
        }
        let message = try TictactoeMessage(line.text)
        for line in view.lines(for: message) { print(line) }
        return message
    }
    func ask(_ text: String) throws -> TictactoeMessage {
        try LineFraming.checkLength(of: text)
        try server.send(text)
        return try show(server.receive())
    }
    func nextEvent() throws -> MessageStream<LineFraming>.Event {
        if isAsked { return try server.nextEvent(orInputAt: keyboard.descriptor) }
        // If a message has come already, show no line about waiting.
        if case .message(let line) = try server.nextEvent(within: .zero) { return .message(line) }
        Keyboard.promptOnTerminal("Waiting for \(view.awaited) ...")
        return try server.nextEvent()
    }

    var message = try ask(name)
    while case .error = message {
        guard nameGiven.value == nil || Keyboard.isInteractive,
            let other = try keyboard.askOnTerminal("Name: ")
        else {
            throw ProtocolError("the server does not take this name; try another")
        }
        message = try ask(other)
    }
    while true {
        if case .end = message { return server.close() }
        if case .move = message, !isAsked {
            isAsked = true
            if typed.isEmpty { Keyboard.promptOnTerminal("Cell, 1 to 9: ") }
        }
        // Each `move` takes the next line, even one typed before the `move` came.
        if isAsked, !typed.isEmpty {
            isAsked = false
            message = try ask(typed.removeFirst())
            continue
        }
        // If the input has ended, leave when it is our turn.
        if isAsked, keyboard.isAtEnd { return server.close() }
        switch try nextEvent() {
        case .message(let line): message = try show(line)
        case .end: message = try show(nil)
        case .nothing: typed += try keyboard.readLines().filter { !$0.isEmpty }
        }
    }
}
