// Answers every message with OK, for any number of clients at once, with one call of select.
//
// This is the bare loop: whoever is ready gets one receive and one send, and nobody is waited for.
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
    var inputs = [stop, listener]  // whose bytes we wait for
    var outputs: [Socket] = []  // who has to take the rest of an OK first
    var rests: [ObjectIdentifier: ArraySlice<UInt8>] = [:]  // what that is
    var numbers: [ObjectIdentifier: Int] = [:]  // of those who have sent something
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let visitors = Visitors()
    var acceptAgain: Instant?  // while descriptors have run out

    func leave(_ client: Socket, because error: SocketError? = nil) {
        inputs.remove(client)
        outputs.remove(client)
        rests[ObjectIdentifier(client)] = nil
        client.close()
        if acceptAgain != nil { acceptAgain = .now }
        guard let number = numbers.removeValue(forKey: ObjectIdentifier(client)) else { return }
        if let error { diagnose("client \(number): \(error)") }
        visitors.leave(number)
    }

    while true {
        let (readable, writable) = try select(
            reading: inputs, writing: outputs, timeout: acceptAgain.map { $0 - .now })
        if readable.contains(stop) { break }
        if readable.contains(listener) {
            do {
                while let (client, _) = try listener.accept() {
                    try client.setBlocking(false)
                    try? client.keepAlive()  // it fails if the client has already gone
                    inputs.append(client)
                }
            } catch let error as SocketError where error.isOutOfDescriptors {
                // To ask again at once would be to spin: new clients wait until one has left, or
                // for a second, since it may be another program that has too many.
                diagnose("\(error)")
                inputs.remove(listener)
                acceptAgain = .now + .seconds(1)
            }
        }
        for client in readable where client !== listener {
            do throws(SocketError) {
                switch try client.receive(into: &buffer) {
                case .wouldBlock: break
                case .endOfStream: leave(client)
                case .count(let length):
                    let number = numbers[ObjectIdentifier(client)] ?? visitors.join()
                    numbers[ObjectIdentifier(client)] = number
                    trace.value?("from client \(number): \(shown(Array(buffer[..<length])))")
                    trace.value?("to client \(number): \(shown(ok))")
                    let sent = try client.send(ok) ?? 0
                    guard sent < ok.count else { continue }
                    rests[ObjectIdentifier(client)] = ok[sent...]
                    inputs.remove(client)
                    outputs.append(client)
                }
            } catch {
                leave(client, because: error)
            }
        }
        for client in writable {
            do throws(SocketError) {
                let rest = rests[ObjectIdentifier(client)] ?? []
                let sent = try client.send(rest) ?? 0
                rests[ObjectIdentifier(client)] = rest.dropFirst(sent)
                guard sent == rest.count else { continue }
                outputs.remove(client)
                inputs.append(client)
            } catch {
                leave(client, because: error)
            }
        }
        if let again = acceptAgain, again <= .now {
            inputs.append(listener)
            acceptAgain = nil
        }
    }

    // Everybody is told first, so that the slowest costs all of them no more than a second.
    let clients = (inputs + outputs).filter { $0 !== stop && $0 !== listener }
    for client in clients { try? client.shutdown(.sending) }
    let end = Instant.now + .seconds(1)
    for client in clients { client.closeGracefully(by: end) }
}
