// Asks questions and counts the points; forgets nothing, even if it is killed.
//
// Programming 2, Task 5.1, with its three bonus tasks. In two terminals:
//
//     swift run quiz-server 127.0.0.1 10000
//     swift run quiz-client 127.0.0.1 10000 anna 5

import Console
import Files
import Messaging
import Protocol
import Sockets

let program = Program("quiz-server", "Asks questions and counts the points.", role: .server)
let endpoint = program.listeningEndpoint()
let questionFile = program.option(
    "questions", "<file>", "asks the questions in this file (default: 30 of its own)")
let folder = program.option(
    "data", "<folder>", default: "quiz-data", "keeps names, games and points here")
let seed = program.seed()
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.best)
let trace = program.trace()

program.run {
    let text = try questionFile.value.map { try readTextFile($0) } ?? PackageResources.questions_txt
    let questions = try QuestionFile(text, from: questionFile.value ?? "questions.txt").questions
    var quiz = Quiz(questions, chance: seed.value)
    let names = quiz.registeredNames
    let server = try MessageServer(
        LineFraming(traceIncoming: {
            QuizRequest.shown($0, upTo: questions.count, isRegistered: names.contains)
        }),
        on: endpoint.value, timeout: timeout.value, pause: pause.value, poller: poller.value,
        log: diagnose, trace: trace.value)

    let journal = try Journal(in: folder.value, named: "journal") { try quiz.restore($0) }
    if let notice = journal.notice { diagnose(notice) }
    if quiz.lostGames > 0 {
        diagnose("\(quiz.lostGames) unfinished games begin anew, for their questions have changed")
    }
    diagnose("listening on \(server.address)")

    while let event = try server.nextEvent() {
        switch event {
        case .joined(let client): quiz.enter(client.id, from: client.address.network)
        case .received(let lines, let client):
            var replies: [[String]] = []
            for line in lines { replies.append(quiz.reply(to: line, from: client.id, at: .now)) }
            do throws(FileError) {
                // Write to the disk before replying. Messages that came together need only one wait
                // for the disk.
                try journal.append(quiz.newRecords.map(\.description))
                quiz.keepChanges()
                client.send(replies.flatMap { $0 })
            } catch {
                diagnose("\(error)")
                quiz.takeBackChanges()
                let problem = "error: the server cannot keep this: \(error.reason); try again later"
                client.send(replies.map { _ in problem })
            }
            if client.name == nil, let name = quiz.name(of: client.id) {
                client.name = name
                print("\(name) joined")
            }
        case .disconnected(let client):
            quiz.leave(client.id)
            if let name = client.name { print("\(name) left") }
        case .sent: break
        }
    }
}
