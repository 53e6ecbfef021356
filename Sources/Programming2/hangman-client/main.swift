// Plays a game of hangman: sends the typed letters, and shows the known part of the word.
//
// Programming 2, Networking with Python, Task 5.2. In two terminals:
//
//     swift run hangman-server 127.0.0.1 10000
//     swift run hangman-client 127.0.0.1 10000

import Console
import Messaging
import Protocol

let program = Program("hangman-client", "Plays a game of hangman; each line of input is a letter.")
let endpoint = program.serverEndpoint()
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let server = try MessageStream(
        LineFraming(ending: bare.value ? .bare : .newline), to: endpoint.value,
        timeout: timeout.value, pause: pause.value, trace: trace.value)
    let leftTooEarly = ProtocolError("the server closed the connection before the game ended")
    func hear() throws -> HangmanMessage {
        guard let line = try server.receive() else { throw leftTooEarly }
        return try HangmanMessage(line.text)
    }

    try server.send("start")
    guard let first = try server.receive()?.text else {
        throw server.misunderstanding("the server closed the connection and began no game")
    }
    guard case .length(let length)? = try? HangmanMessage(first) else {
        throw server.misunderstanding("the server began no game, but said '\(first.escaped)'")
    }
    var view = HangmanView(length: length)
    print(view.word)

    let keyboard = Keyboard()
    func nextGuess() throws -> String? {
        Keyboard.promptOnTerminal("Letter: ")
        guard let input = keyboard.descriptor else { return nil }
        // This notices at once if the server leaves while the player thinks.
        guard try server.waitForInput(at: input) else {
            Keyboard.promptOnTerminal("\n")
            throw leftTooEarly
        }
        return try keyboard.readLine()
    }
    while let guess = try nextGuess() {
        guard !guess.isEmpty else { continue }
        try LineFraming.checkLength(of: guess)
        try server.send(guess)
        repeat {
            let answer = try hear()
            let words = try view.take(answer, to: guess)
            if case .missed = answer, Keyboard.isInteractive { print(view.gallows) }
            print(words)
            if case .end = answer { return server.close() }
        } while view.isComplete
    }
    server.close()
}
