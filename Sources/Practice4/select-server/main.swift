// Answers every message with OK, for any number of clients at once, with one call of select.
//
// This is the bare loop: each client that is ready gets one receive and one send, and the server
// waits for none.
//
// Telecommunications Network, Practice 4, Exercise I. In two terminals:
//
//     swift run select-server localhost 10000
//     swift run select-client localhost 10000 hello world

import Console
import Protocol
import Sockets

let program = Program("select-server", "Answers every message with OK.", role: .server)
let endpoint = program.listeningEndpoint(host: "localhost", port: 10_000)
let trace = program.trace()

program.run {
    let address = try SocketAddress.first(of: endpoint.value)
    let listener = try Socket(address.family, .stream)
    try listener.setOption(.reuseAddress, to: 1)
    try listener.bind(to: address)
    try listener.listen()
    try listener.setBlocking(false)
    let stop = try Socket.stopSignal()
    diagnose("listening on \(try listener.localAddress)")

    let ok = Array("OK".utf8)
    var inputs = [stop, listener]
    var outputs: [Socket] = []  // the clients that have not taken all of their OK
    var rests: [Socket: ArraySlice<UInt8>] = [:]  // the bytes that they still have to take
    var numbers: [Socket: Int] = [:]  // of the clients that have sent something
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let visitors = Visitors()
    var acceptAgain: Instant?  // while descriptors have run out

    func join(_ client: Socket) -> Int {
        let number = visitors.join()
        numbers[client] = number
        return number
    }

    func leave(_ client: Socket, because error: SocketError? = nil) {
        inputs.remove(client)
        outputs.remove(client)
        rests[client] = nil
        client.close()
        if acceptAgain != nil { acceptAgain = .now }
        guard let number = numbers.removeValue(forKey: client) else { return }
        if let error { diagnose("client \(number): \(error)") }
        visitors.leave(number)
    }

    while true {
        let (readable, writable) = try select(
            reading: inputs, writing: outputs, timeout: acceptAgain.map { $0 - .now })
        if readable.contains(stop) { break }
        for socket in readable + writable {
            do throws(SocketError) {
                if socket === listener {
                    while let (client, _) = try listener.accept() {
                        try client.setBlocking(false)
                        try? client.keepAlive()  // it fails if the client has already gone
                        inputs.append(client)
                    }
                } else if let rest = rests[socket] {
                    let sent = try socket.send(rest) ?? 0
                    rests[socket] = rest.dropFirst(sent)
                    guard sent == rest.count else { continue }
                    rests[socket] = nil
                    outputs.remove(socket)
                    inputs.append(socket)
                } else {
                    switch try socket.receive(into: &buffer) {
                    case .wouldBlock: break
                    case .endOfStream: leave(socket)
                    case .count(let length):
                        let number = numbers[socket] ?? join(socket)
                        trace.value?("from client \(number): \(shown(Array(buffer[..<length])))")
                        trace.value?("to client \(number): \(shown(ok))")
                        let sent = try socket.send(ok) ?? 0
                        guard sent < ok.count else { continue }
                        rests[socket] = ok[sent...]
                        inputs.remove(socket)
                        outputs.append(socket)
                    }
                }
            } catch {
                guard socket === listener else {
                    leave(socket, because: error)
                    continue
                }
                // No descriptor is left. A server that tried again at once would spin. So new
                // clients wait until a client has left, or for a second, since another program may
                // have too many.
                diagnose("\(error)")
                inputs.remove(listener)
                acceptAgain = .now + .seconds(1)
            }
        }
        if let again = acceptAgain, again <= .now {
            inputs.append(listener)
            acceptAgain = nil
        }
    }
    listener.close()
    (inputs + outputs).closeGracefully()
}
