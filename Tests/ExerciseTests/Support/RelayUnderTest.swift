import Foundation
import Testing

/// A relay between raw sockets, or between a raw client and one of our servers.
struct RelayUnderTest {
    let relay: Running
    let port: Int

    /// Connects a client to the relay.
    func connect() throws(RawSocketError) -> RawClient { try RawClient(port: port) }

    /// Ends the relay as Ctrl-C does.
    ///
    /// - Returns: The lines of its standard output.
    func lines(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
        relay.signal(SIGINT)
        let result = try relay.runToEnd()
        #expect(result.exit == 0, sourceLocation: sourceLocation)
        return result.stdout.split(separator: "\n").map(String.init)
    }
}

/// Starts a relay to a port of this machine.
func withRelay<Value>(
    _ exercise: String, to server: Int, _ options: [String] = [], descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (RelayUnderTest) throws -> Value
) throws -> Value {
    try withProgram(
        "relay", [exercise, "0", "127.0.0.1:\(server)"] + options,
        descriptorLimit: descriptorLimit, sourceLocation: sourceLocation
    ) { relay in
        try body(RelayUnderTest(relay: relay, port: relay.listeningPort()))
    }
}

/// Starts a relay to a listener, and connects one client through it.
///
/// - Parameter body: Gets the relay, the client's end and the server's.
func withRelayedConnection<Value>(
    _ exercise: String, _ options: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (RelayUnderTest, RawClient, RawClient) throws -> Value
) throws -> Value {
    let listener = try RawServer()
    return try withRelay(exercise, to: listener.port, options, sourceLocation: sourceLocation) {
        let client = try $0.connect()
        return try body($0, client, try listener.accept())
    }
}

extension RawSocket {
    /// How many segments with data have come, or nil where the system does not tell.
    ///
    /// System call: `getsockopt(2)` with `TCP_INFO`; the count has its place in `struct tcp_info`
    /// since Linux 4.6.
    var dataSegmentsReceived: Int? {
        #if os(Linux)
            var information = [UInt32](repeating: 0, count: 64)
            var size = socklen_t(256)
            guard getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, &information, &size) == 0,
                size >= 156
            else { return nil }
            return Int(information[38])
        #else
            return nil
        #endif
    }
}

extension RawSocket {
    /// Whether something has come that has not been received.
    var hasInput: Bool { isReady(descriptor, for: Int32(POLLIN), by: Date()) }
}
