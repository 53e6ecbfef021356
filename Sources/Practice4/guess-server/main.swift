// Chooses a number from 1 to 100, and tells the players whether it is smaller or greater than
// theirs.
//
// Telecommunications Network, Practice 4, Assignment III. In two terminals:
//
//     swift run guess-server 127.0.0.1 10000
//     swift run guess-client 127.0.0.1 10000

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "guess-server", "Serves the guessing game to any number of players.", role: .server)
let endpoint = program.requiredListeningEndpoint()
let number = program.option(
    "number", "<n>", in: 1...100, default: "at random", "fixes the number to be guessed")
let seed = program.seed()
let layout = program.option(
    "layout", "<format>", default: GuessLayout.defaultFormat,
    "sets the message's format, in the terms of Python's struct", parse: { try GuessLayout($0) })
let timeout = program.timeout()
let poller = program.poller(default: Poller.Mechanism.select)
let trace = program.trace()

program.run {
    let server = try MessageServer(
        GuessServerFraming(layout: layout.value), on: endpoint.value, timeout: timeout.value,
        poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    let chooseNumber = { number.value ?? seed.value.number(in: 1...100) }
    var game = GuessingGame(number: chooseNumber())
    while let event = try server.nextEvent() {
        switch event {
        case .sent: break
        case .joined(let player): print("client \(player.number) joined")
        case .received(let questions, let player):
            let answers = questions.map { question in
                let answer = game.answer(question, from: player.id)
                switch answer {
                case .yes, .no: break
                case .out: print("client \(player.number) is out")
                case .won:
                    print("client \(player.number) won with \(game.number)")
                    // A silent player must not hold up the next game.
                    server.idleLimit = timeout.value
                case .ended:
                    // A player that has been told the end must not hold it up either.
                    if game.isWon { player.close(after: timeout.value) }
                }
                return answer
            }
            player.send(answers)
        case .disconnected(let player):
            if player.number > 0 { print("client \(player.number) left") }
            if game.isWon, server.connectionCount == 0 {
                game = GuessingGame(number: chooseNumber())
                server.idleLimit = nil
                print("new game")
            }
        }
    }
}
