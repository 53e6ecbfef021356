// Tells the time in any format, as often as a client asks: one client after another.
//
// While it talks with one client, the next one waits. threaded-server is the same service with a
// thread for each client.
//
// Programming 2, Processing Client Requests and Iterative Server. In three terminals:
//
//     swift run strftime-server localhost 5050
//     swift run strftime-client localhost 5050
//     swift run strftime-client localhost 5050 '%A, %d %B %Y' '%H:%M'

import Console
import Messaging
import Protocol
import Sockets

let program = Program(
    "strftime-server", "Tells the time in any format, to one client after another.", role: .server)
let endpoint = program.listeningEndpoint(host: "localhost", port: 5_050)
let clock = program.clock()
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    let listener = try Socket.listener(on: .first(of: endpoint.value))
    diagnose("listening on \(try listener.localAddress)")

    let service = Service(
        clock: clock.value, timeout: timeout.value, pause: pause.value, trace: trace.value)
    while true {
        let (socket, address) = try listener.accept(log: diagnose)
        service.serve(socket, at: address)
    }
}

/// The settings for every client.
struct Service: Sendable {
    let clock: WallClock
    let timeout: Duration
    let pause: Duration
    let trace: (@Sendable (String) -> Void)?
    let visitors = Visitors()

    /// Answers each format of one client with the time, until the client leaves.
    func serve(_ socket: Socket, at address: SocketAddress) {
        var number: Int?
        do {
            let client = try MessageStream(
                LineFraming(ending: .likePeer), over: socket, with: address, timeout: timeout,
                pause: pause, trace: trace)
            defer { client.close() }
            do {
                while let format = try client.receiveWhole(onceBegun: true) {
                    number = number ?? visitors.join()
                    try client.send("\(StrftimeReply(to: format, writtenBy: clock.text))")
                }
            } catch let error as ProtocolError {
                try client.send("error: \(error)")
                throw error
            }
        } catch {
            diagnose(address.line(about: error, from: number.map { "client \($0)" }))
        }
        if let number { visitors.leave(number) }
    }
}
