import Foundation

/// A TCP socket that waits for connections, to attack clients.
final class RawServer: RawSocket {
    /// Whether this machine has the IPv6 loopback address; many containers have none.
    static let supportsIPv6 = (try? RawServer(address: "::1")) != nil
    /// Whether this machine has a second loopback address; macOS normally has none.
    static let hasSecondLoopback = (try? RawServer(address: "127.0.0.2")) != nil

    /// Its own port, chosen by the system.
    let port: Int

    /// Binds to a free port.
    ///
    /// - Parameter isListening: False holds the port without listening: connections are refused,
    ///   and no other program can take the port.
    init(address: String = "127.0.0.1", isListening: Bool = true) throws(RawSocketError) {
        let descriptor = try RawSocket.bound(RawSocket.stream, to: RawAddress(address, port: 0))
        var own = RawAddress()
        guard own.fill({ getsockname(descriptor, $0, $1) }) == 0,
            !isListening || listen(descriptor, 512) == 0
        else {
            let error = RawSocketError("listen")
            _ = Foundation.close(descriptor)
            throw error
        }
        port = own.port
        super.init(descriptor)
    }

    /// Waits for the next connection.
    ///
    /// System call: `accept(2)`.
    func accept() throws(RawSocketError) -> RawClient {
        try wait(for: Int32(POLLIN), "accept")
        return RawClient(try Descriptors.make("accept") { Foundation.accept(descriptor, nil, nil) })
    }
}
