extension Socket {
    /// Opens a TCP socket that listens.
    ///
    /// Sets `SO_REUSEADDR` first. Without it the port could not be bound again for a minute after
    /// the server has ended.
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

    /// Accepts the next client of a server that serves one client after another.
    ///
    /// Like `accept()`, but clients cannot end the server: if descriptors have run out, this waits
    /// a second and tries again. While it waits, it finishes the earlier connections that were
    /// given to `closeGracefully`. It turns `keepAlive()` on for the new client.
    ///
    /// - Parameter log: Gets a line each time that descriptors have run out.
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
                // The listener is watched for nothing and does not become ready: this only waits.
                _ = try waitUntilReady(for: [], until: .now + .seconds(1))
            }
        }
    }

    /// Accepts the next client of a server that has a thread for each client.
    ///
    /// The client's socket shares nothing with this one, so another thread may have it. If
    /// descriptors have run out, this waits a second and tries again. It turns `keepAlive()` on for
    /// the new client.
    ///
    /// - Parameters:
    ///   - stop: The socket that `stopSignal` has made.
    ///   - log: Gets one line if descriptors have run out, however long that lasts.
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

    /// Ends a connection so that the peer gets everything: shuts down sending, drops the bytes that
    /// still come, at most 64 KiB, and closes when the peer ends its stream or the time is over.
    ///
    /// A plain `close()` with unread input would reset the connection, and the peer might lose
    /// the last bytes sent to it. For a socket of `accept(log:)` this does not wait: the listener
    /// finishes the connection while it waits for the next clients. A second call does nothing.
    ///
    /// - Parameter end: The latest moment to close.
    /// - Returns: The error that has ended the connection, as when the peer has reset it; otherwise
    ///   `nil`.
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
            // It fails if the peer has reset the connection; the receive below then reports that.
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

    /// Lets the first bytes travel with the last packet of the handshake, if the system can do so.
    ///
    /// Then the bytes are there as soon as the server accepts. Some servers read right after the
    /// accept without waiting, and give up if nothing has come. A client that speaks first calls
    /// this before `connect(to:)`. If it does not speak, the server accepts it 0.2 s later.
    ///
    /// System call: `setsockopt(2)` with `TCP_QUICKACK` 0.
    public func sendWithHandshake() {
        // If the option cannot be set, the handshake is as usual.
        if let option = SocketOption.quickAcknowledgement { try? setOption(option, to: 0) }
    }

    /// Opens a TCP connection to a host, trying its addresses in turn, IPv4 first.
    ///
    /// - Parameters:
    ///   - endpoint: The host, a name or an address in numbers; the port, 1 to 65,535.
    ///   - timeout: How long each address may take to answer; `nil` is for ever.
    ///   - speaksFirst: Whether the first bytes shall travel with the handshake: see
    ///     `sendWithHandshake()`.
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
    /// It shuts down all of them before it waits for the first one, so that all peers have the same
    /// second.
    public func closeGracefully() {
        for socket in self { try? socket.shutdown(.sending) }
        let end = Instant.now + .seconds(1)
        for socket in self { socket.closeGracefully(by: end) }
    }
}
