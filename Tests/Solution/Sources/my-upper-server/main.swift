import Messaging
import Protocol

func serve(on host: String, _ port: Int) throws {
    let server = try MessageServer(LineFraming(), on: (host, port), log: { print($0) })
    print("listening on \(server.address)")
    while let event = try server.nextEvent() {
        switch event {
        case .joined(let client): print("client \(client.number) joined")
        case .received(let lines, let client):
            for line in lines { client.send(line.text.uppercased()) }
        case .disconnected(let client): print("client \(client.number) left")
        case .sent: break  // only servers of files need this
        }
    }
}

do {
    try serve(on: "127.0.0.1", 10000)
} catch {
    print("my-upper-server: \(error)")
}
