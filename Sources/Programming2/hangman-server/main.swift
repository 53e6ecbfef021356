// Thinks of a word for each player, and tells the places of each letter that the player names.
//
// Programming 2, Networking with Python, Task 5.2. In two terminals:
//
//     swift run hangman-server 127.0.0.1 10000
//     swift run hangman-client 127.0.0.1 10000

import Console
import Files
import Messaging
import Protocol
import Sockets

let program = Program("hangman-server", "Serves hangman to any number of players.", role: .server)
let endpoint = program.listeningEndpoint()
let wordFile = program.option(
    "words", "<file>", "takes the words from this file, one on each line")
let fixedWord = program.option("word", "<word>", "fixes the word (default: at random)") { text in
    guard let word = WordList.word(text) else {
        throw ProtocolError("'\(text.escaped)' \(WordList.rule)")
    }
    return word
}
let misses = program.option(
    "misses", "<n>", in: 1...25, default: 6, "sets the number of wrong letters that lose the game")
let seed = program.seed()
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.best)
let trace = program.trace()

program.run {
    let list =
        if let path = wordFile.value {
            try WordList(readTextFile(path), from: path)
        } else {
            try WordList(PackageResources.words_txt, from: "words.txt")
        }
    let server = try MessageServer(
        LineFraming(), on: endpoint.value, timeout: timeout.value, pause: pause.value,
        poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    var games = HangmanGames(misses: misses.value)
    while let event = try server.nextEvent() {
        switch event {
        case .sent: break
        case .joined(let player): print("client \(player.number) joined")
        case .received(let lines, let player):
            for line in lines {
                let answers = games.answer(line.text, from: player.id) {
                    fixedWord.value ?? seed.value.pick(from: list.words)
                }
                player.send(answers.map(\.description))
            }
        case .disconnected(let player):
            games.leave(player.id)
            if player.number > 0 { print("client \(player.number) left") }
        }
    }
}
