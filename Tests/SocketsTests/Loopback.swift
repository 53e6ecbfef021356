import Sockets
import Testing

/// This machine's own address, with a port that the system will choose.
func loopback(_ family: AddressFamily = .ipv4, port: Int = 0) throws -> SocketAddress {
    try #require(SocketAddress(family == .ipv4 ? "127.0.0.1" : "::1", port: port))
}

/// The two ends of a TCP connection. No call on them waits for longer than 30 s.
func connectedPair(_ family: AddressFamily = .ipv4) throws -> (client: Socket, server: Socket) {
    let listener = try Socket.listener(on: loopback(family))
    let client = try Socket(family, .stream)
    try client.setTimeout(.seconds(30))
    try client.connect(to: listener.localAddress)
    let (server, address) = try #require(try listener.accept())
    #expect(try address == client.localAddress)
    try server.setTimeout(.seconds(30))
    return (client, server)
}

/// A UDP socket with an address. No call on it waits for longer than 30 s.
func boundDatagramSocket(_ family: AddressFamily = .ipv4) throws -> Socket {
    let socket = try Socket(family, .datagram)
    try socket.bind(to: loopback(family))
    try socket.setTimeout(.seconds(30))
    return socket
}

/// Expects `call` to fail with an operation and an errno, and gives the error back.
@discardableResult
func expectFailure(
    _ operation: SocketError.Operation, _ code: Int32,
    at location: SourceLocation = #_sourceLocation, _ call: () throws -> Void
) -> SocketError? {
    let error = #expect(throws: SocketError.self, sourceLocation: location) { try call() }
    #expect(error?.operation == operation, sourceLocation: location)
    #expect(error?.code == code, sourceLocation: location)
    return error
}

extension Trait where Self == ConditionTrait {
    /// Skips the test, by name, where there is no `::1`.
    static var requiresIPv6: Self {
        .enabled(if: supportsIPv6, "needs the IPv6 loopback address")
    }
}

private let supportsIPv6 =
    (try? Socket(.ipv6, .datagram).bind(to: loopback(.ipv6))) != nil
