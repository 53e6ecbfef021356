// Sends the files of one folder, and only those, to any number of clients at once.
//
// Redes de Computadores, Lab 2, Assignment 3. In two terminals:
//
//     swift run file-server 12000 --root .
//     swift run file-client localhost:12000:README.md copy.md

import Console
import Files
import Messaging
import Protocol
import Sockets

let program = Program("file-server", "Sends the files of a folder to its clients.", role: .server)
let endpoint = program.listeningEndpoint()
let root = program.option("root", "<folder>", default: ".", "sends the files in this folder")
let timeout = program.timeout()
let pause = program.pause()
let poller = program.poller(default: Poller.Mechanism.best)
let trace = program.trace()

program.run {
    let folder = try Folder(root.value)
    let server = try MessageServer(
        FileRequestFraming(), on: endpoint.value, timeout: timeout.value, pause: pause.value,
        poller: poller.value, log: diagnose, trace: trace.value)
    diagnose("listening on \(server.address)")

    var transfers: [Int: FileTransfer] = [:]
    while let event = try server.nextEvent() {
        switch event {
        case .joined(let client): print("client \(client.number) joined")
        case .received(let requests, let client):
            // A connection gets one file: ignore a second request.
            guard transfers[client.id] == nil else { continue }
            let request = requests.first
            do throws(FileError) {
                let label = client.label
                let transfer = FileTransfer(
                    of: try folder.open(request), isFramed: request.isFramed,
                    trace: trace.value.map { trace in { trace("to \(label): \($0)") } })
                transfers[client.id] = transfer
                if request.isFramed { client.send(FileReply.accepted(size: UInt64(transfer.size))) }
                client.send(transfer)
            } catch {
                diagnose("\(client.label): \(error)")
                if request.isFramed { client.send(FileReply.refused(error.reason)) }
                client.close()
            }
        case .sent(let client):
            if let transfer = transfers[client.id] {
                print(
                    "client \(client.number) took \(transfer.name.escaped), \(transfer.size) bytes")
                if transfer.hasChanged {
                    diagnose("\(client.label): \(transfer.name.escaped) has changed meanwhile")
                }
            }
            client.close()
        case .disconnected(let client):
            transfers[client.id] = nil
            if client.number > 0 { print("client \(client.number) left") }
        }
    }
}
