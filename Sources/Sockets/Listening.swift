extension Socket {
    /// Opens a TCP socket that listens.
    ///
    /// Sets `SO_REUSEADDR` first, without which the port could not be bound again for a minute
    /// after the server has ended.
    ///
    /// - Parameters:
    ///   - address: Where to listen; port 0 lets the system choose.
    ///   - backlog: How many connections may wait to be accepted.
    /// - Throws: `SocketError` for `socket`, `bind` or `listen`.
    ///
    /// System call: `socket(2)`, `setsockopt(2)`, `bind(2)`, `listen(2)`.
    public static func listener(
        on address: SocketAddress, backlog: Int = 4_096
    ) throws(SocketError) -> Socket {
        let listener = try Socket(address.family, .stream)
        try listener.setOption(.reuseAddress, to: 1)
        try listener.bind(to: address)
        try listener.listen(backlog: backlog)
        return listener
    }

    /// Accepts the next client of a server that serves one after another.
    ///
    /// Like `accept()`, but no client can end the server: while descriptors have run out, this waits
    /// a second and tries again. It asks the client for signs of life when it is silent, and hears
    /// out meanwhile the earlier clients that were given to `closeGracefully`.
    ///
    /// - Parameter log: Gets a line when descriptors have run out.
    /// - Returns: The client's socket, which blocks, and its address.
    /// - Throws: `SocketError` for `accept`.
    ///
    /// System call: `accept(2)`.
    public func accept(
        log: (String) -> Void
    ) throws(SocketError) -> (client: Socket, address: SocketAddress) {
        let departures = departures ?? Departures()
        self.departures = departures
        while true {
            departures.attend()
            do throws(SocketError) {
                let isReady = try waitUntilReady(for: .reading, until: departures.earliestEnd)
                guard isReady, let (client, address) = try accept() else { continue }
                try? client.keepAlive()
                client.departures = departures
                return (client, address)
            } catch {
                guard error.isOutOfDescriptors else { throw error }
                if departures.closeOldest() { continue }
                log(error.description)
                // Watched for nothing, the listener does not become ready: this only waits.
                _ = try waitUntilReady(for: [], until: .now + .seconds(1))
            }
        }
    }

    /// Accepts the next client of a server that has a thread for each.
    ///
    /// The client's socket has nothing in common with this one, so it may be given to another
    /// thread. When descriptors have run out, this waits a second and tries again.
    ///
    /// - Parameters:
    ///   - stop: What `stopSignal` has made.
    ///   - log: Gets a line when descriptors have run out, until they suffice again.
    /// - Returns: `nil` once the program was told to stop.
    /// - Throws: `SocketError` for `accept`.
    ///
    /// System call: `accept(2)`.
    public func accept(
        orStopAt stop: Socket, log: (String) -> Void
    ) throws(SocketError) -> sending (client: Socket, address: SocketAddress)? {
        try setBlocking(false)
        var isOutOfDescriptors = false
        while true {
            let ready = try Sockets.waitUntilReady(
                self, for: isOutOfDescriptors ? [] : .reading, orInputAt: stop.descriptor,
                until: isOutOfDescriptors ? .now + .seconds(1) : nil)
            if ready.input { return nil }
            do throws(SocketError) {
                guard let (client, address) = try accept() else { continue }
                try? client.keepAlive()
                return (client, address)
            } catch {
                guard error.isOutOfDescriptors else { throw error }
                if !isOutOfDescriptors { log(error.description) }
                isOutOfDescriptors = true
            }
        }
    }

    /// Ends a connection so that the peer gets everything: shuts down sending, reads and drops what
    /// the peer still sends, at most 64 KiB, and closes once it ends or the time is over.
    ///
    /// A plain `close()` with unread input would reset the connection, and the peer might lose
    /// the last bytes sent to it. A socket of `accept(log:)` is heard out while the next clients are
    /// served. A second call does nothing.
    ///
    /// - Parameter end: When to close in any case.
    /// - Returns: What has gone wrong meanwhile, as when the peer has reset the connection; `nil` if
    ///   it has ended its stream or says nothing.
    ///
    /// System call: `shutdown(2)`, `recv(2)`, `close(2)`.
    @discardableResult
    public func closeGracefully(by end: Instant = .now + .seconds(1)) -> SocketError? {
        guard descriptor >= 0 else { return nil }
        defer { close() }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        var dropped = 0
        do throws(SocketError) {
            try setBlocking(false)
            // It fails if the peer has reset the connection, and the receive then tells so.
            try? shutdown(.sending)
            if let departures {
                departures.add(handOver(), until: end)
                return nil
            }
            while dropped <= 65_536, try waitUntilReady(for: .reading, until: end) {
                switch try receive(into: &buffer) {
                case .count(let count): dropped += count
                case .wouldBlock: continue
                case .endOfStream: return nil
                }
            }
            return nil
        } catch {
            return error
        }
    }

    /// Lets the first bytes travel with the last packet of the handshake, where the system can.
    ///
    /// Then they are there as soon as the server accepts: some servers read without waiting right
    /// after accept, and give up if nothing has come. Called before `connect(to:)` by a client that
    /// speaks first; where it does not, the server accepts it 0.2 s later.
    ///
    /// System call: `setsockopt(2)` with `TCP_QUICKACK` 0.
    public func sendWithHandshake() {
        // What cannot be set leaves the connection as it always was.
        if let option = SocketOption.quickAcknowledgement { try? setOption(option, to: 0) }
    }

    /// Opens a TCP connection to a host, trying its addresses in turn, IPv4 first.
    ///
    /// - Parameters:
    ///   - endpoint: The host, a name or an address in numbers; the port, 1 to 65,535.
    ///   - timeout: How long each address may take to answer.
    ///   - speaksFirst: Whether the first bytes shall travel with the handshake, as
    ///     `sendWithHandshake()` says.
    /// - Returns: A connected socket that keeps `timeout` for its calls.
    /// - Throws: `SocketError` for `resolve`, or for `connect` to the first address.
    ///
    /// System call: `getaddrinfo(3)`, `socket(2)`, `connect(2)`.
    public static func connection(
        to endpoint: (host: String, port: Int), timeout: Duration? = nil,
        speaksFirst: Bool = false
    ) throws(SocketError) -> Socket {
        try SocketAddress.tryEach(of: endpoint) { address throws(SocketError) in
            let socket = try Socket(address.family, .stream)
            try socket.setTimeout(timeout)
            if speaksFirst { socket.sendWithHandshake() }
            try socket.connect(to: address)
            return socket
        }
    }
}

extension [Socket] {
    /// Ends all of these connections as `closeGracefully(by:)` does, within one second.
    ///
    /// All peers are told first, so that the slowest of them costs no more than that.
    public func closeGracefully() {
        for socket in self { try? socket.shutdown(.sending) }
        let end = Instant.now + .seconds(1)
        for socket in self { socket.closeGracefully(by: end) }
    }
}
