// Tells the time in any format, as often as a client asks: a thread for each client.
//
// While one thread waits for its client, the others go on with theirs. strftime-server is the same
// service for one client after another.
//
// Programming 2, Handling Multiple Clients. In three terminals:
//
//     swift run threaded-server localhost 5050
//     swift run strftime-client localhost 5050
//     swift run strftime-client localhost 5050 '%A, %d %B %Y' '%H:%M'

import Console
import Messaging
import Protocol
import Sockets
import Threads

let program = Program(
    "threaded-server", "Tells the time in any format, with a thread for each client.",
    role: .server)
let endpoint = program.listeningEndpoint(host: "localhost", port: 5_050)
let clock = program.clock()
let timeout = program.timeout()
let pause = program.pause()
let trace = program.trace()

program.run {
    let listener = try Socket.listener(on: .first(of: endpoint.value))
    let stop = try Socket.stopSignal()
    diagnose("listening on \(try listener.localAddress)")

    let service = Service(
        clock: clock.value, timeout: timeout.value, pause: pause.value, trace: trace.value,
        stopDescriptor: stop.descriptor)
    let most = 256  // at once; the next client waits until a thread has ended
    let places = Semaphore(most)
    while true {
        places.acquire()
        guard let next = try listener.accept(orStopAt: stop, log: diagnose) else { break }
        let thread = Thread {
            service.serve(next.client, at: next.address)
            places.release()
        }
        do {
            try thread.start()
        } catch {
            diagnose("\(next.address): \(error)")
            places.release()
        }
    }
    // At the stop signal every thread closes its client's socket and ends.
    listener.close()
    for _ in 1..<most { places.acquire() }
}

/// The settings for every client.
struct Service: Sendable {
    let clock: WallClock
    let timeout: Duration
    let pause: Duration
    let trace: (@Sendable (String) -> Void)?
    let stopDescriptor: Int32
    let visitors = Visitors()

    /// Answers each format of one client with the time, until the client leaves.
    func serve(_ socket: Socket, at address: SocketAddress) {
        var number: Int?
        do {
            let client = try MessageStream(
                LineFraming(ending: .likePeer), over: socket, with: address, timeout: timeout,
                pause: pause, trace: trace)
            client.stopDescriptor = stopDescriptor
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
