import Console
import Protocol
import Sockets

/// The clients of the select server: their numbers, and what could not be sent to them yet.
final class Clients {
    /// What is to be waited for next at a client.
    enum Next {
        /// Its next message.
        case listening
        /// Room for the rest of an OK.
        case full
        /// Nothing: it has left, and its socket is closed.
        case gone
    }

    private struct Client {
        let socket: Socket
        /// Counts the clients that have sent something; a port probe never does.
        var number: Int?
        var unsent: ArraySlice<UInt8> = []
    }

    private let trace: ((String) -> Void)?
    private var clients: [ObjectIdentifier: Client] = [:]
    private var count = 0
    private var buffer = [UInt8](repeating: 0, count: 4_096)

    init(trace: ((String) -> Void)?) { self.trace = trace }

    /// Accepts a client, if one still waits.
    func accept(from listener: Socket) throws(SocketError) -> Socket? {
        guard let (socket, _) = try listener.accept() else { return nil }
        try socket.setBlocking(false)
        try? socket.keepAlive()  // it fails where the client has already gone
        clients[ObjectIdentifier(socket)] = Client(socket: socket)
        return socket
    }

    /// Receives one message and answers it.
    func answer(_ socket: Socket) -> Next {
        do throws(SocketError) {
            switch try socket.receive(into: &buffer) {
            case .wouldBlock: return .listening
            case .endOfStream: return leave(socket)
            case .count(let length):
                let number = number(of: socket)
                trace?("from client \(number): \(shown(Array(buffer[..<length])))")
                trace?("to client \(number): \(shown(Array("OK".utf8)))")
                return try send(Array("OK".utf8)[...], to: socket)
            }
        } catch {
            return leave(socket, because: error)
        }
    }

    /// Sends what did not fit the last time.
    func sendRest(to socket: Socket) -> Next {
        do throws(SocketError) {
            return try send(clients[ObjectIdentifier(socket)]?.unsent ?? [], to: socket)
        } catch {
            return leave(socket, because: error)
        }
    }

    /// Ends every connection in good order.
    func closeAll() {
        for client in clients.values { try? client.socket.shutdown(.sending) }
        let end = Instant.now + .seconds(1)
        for client in clients.values { client.socket.closeGracefully(by: end) }
    }

    private func send(_ bytes: ArraySlice<UInt8>, to socket: Socket) throws(SocketError) -> Next {
        let sent = try socket.send(bytes) ?? 0
        clients[ObjectIdentifier(socket)]?.unsent = bytes.dropFirst(sent)
        return sent < bytes.count ? .full : .listening
    }

    private func number(of socket: Socket) -> Int {
        if let number = clients[ObjectIdentifier(socket)]?.number { return number }
        count += 1
        clients[ObjectIdentifier(socket)]?.number = count
        print("client \(count) joined")
        return count
    }

    private func leave(_ socket: Socket, because error: SocketError? = nil) -> Next {
        let client = clients.removeValue(forKey: ObjectIdentifier(socket))
        socket.close()
        guard let number = client?.number else { return .gone }
        if let error { diagnose("client \(number): \(error)") }
        print("client \(number) left")
        return .gone
    }
}
