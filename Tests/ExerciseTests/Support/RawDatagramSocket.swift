import Foundation

/// A UDP socket on a free port, for either side.
final class RawDatagramSocket: RawSocket {
    /// Its own port, chosen by the system.
    let port: Int
    private let address: String

    /// Binds to a free port of `address`, the only address it sends to.
    ///
    /// - Parameter isListening: False holds the port without listening: a datagram to it is
    ///   refused, and no other program can take the port.
    init(address: String = "127.0.0.1", isListening: Bool = true) throws(RawSocketError) {
        let descriptor = try RawSocket.bound(RawSocket.datagram, to: RawAddress(address, port: 0))
        var own = RawAddress()
        _ = own.fill { getsockname(descriptor, $0, $1) }
        port = own.port
        self.address = address
        super.init(descriptor)
        // A socket connected to itself receives no datagrams of others.
        if !isListening { _ = own.read { connect(descriptor, $0, $1) } }
    }

    /// Binds to a free port of 127.0.0.1, and connects to `port`: so it is told of refusals.
    convenience init(connectedTo port: Int) throws(RawSocketError) {
        try self.init()
        let target = try RawAddress(address, port: port)
        guard target.read({ connect(descriptor, $0, $1) }) == 0 else {
            throw RawSocketError("connect")
        }
    }

    /// Sends one datagram, which may be empty, to a port of its own address.
    ///
    /// System call: `sendto(2)`.
    func send(_ bytes: [UInt8], to port: Int) throws(RawSocketError) {
        let target = try RawAddress(address, port: port)
        let count = target.read { sendto(descriptor, bytes, bytes.count, 0, $0, $1) }
        guard count == bytes.count else { throw RawSocketError("sendto") }
    }

    /// Sends one datagram of text.
    func send(_ text: String, to port: Int) throws(RawSocketError) {
        try send(Array(text.utf8), to: port)
    }

    /// Waits for the next datagram.
    ///
    /// - Returns: The datagram, of at most 65,536 bytes, and the port it came from.
    ///
    /// System call: `recvfrom(2)`.
    func receive() throws(RawSocketError) -> (bytes: [UInt8], port: Int) {
        try wait(for: Int32(POLLIN), "recvfrom")
        var buffer = [UInt8](repeating: 0, count: 65536)
        var source = RawAddress()
        let count = source.fill { recvfrom(descriptor, &buffer, buffer.count, 0, $0, $1) }
        guard count >= 0 else { throw RawSocketError("recvfrom") }
        return (Array(buffer[..<count]), source.port)
    }
}
