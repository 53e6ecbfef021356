// Finds the server's number by halving the range, with at most seven comparisons and one guess.
//
// Telecommunications Network, Practice 4, Assignment III. In two terminals:
//
//     swift run guess-server 127.0.0.1 10000
//     swift run guess-client 127.0.0.1 10000

import Console
import Messaging
import Protocol

let program = Program("guess-client", "Plays the guessing game by itself, by halving the range.")
let endpoint = program.serverEndpoint()
let delay = program.delay(default: 1...5)
let seed = program.seed()
let layout = program.option(
    "layout", "<format>", default: GuessLayout.defaultFormat,
    "sets the message's format, in the terms of Python's struct", parse: { try GuessLayout($0) })
let timeout = program.timeout()
let trace = program.trace()

program.run {
    let server = try MessageStream(
        GuessClientFraming(layout: layout.value), to: endpoint.value, timeout: timeout.value,
        trace: trace.value)
    defer { server.close() }

    var search = NumberSearch(in: 1...100)
    while true {
        // The game may end while we wait: then ask nothing more.
        switch try server.nextEvent(within: delay.value.next(seed.value)) {
        case .nothing: break
        case .message(let answer) where answer.endsGame: return print(answer)
        case .message(let answer): throw ProtocolError("the server said \(answer) unasked")
        case .end: throw ProtocolError("the server closed the connection before the game ended")
        }
        let question = search.question
        try server.send(question)
        guard let answer = try server.receive() else {
            throw ProtocolError("the server closed the connection before the game ended")
        }
        if answer == .ended { return print(answer) }
        if answer.endsGame, question.comparison != .equal { return print(answer) }
        print("\(question): \(answer)")
        try search.take(answer)
        if answer.endsGame { return }
    }
}
