import CSystem

extension Socket {
    /// Makes a socket that becomes readable when SIGINT (Ctrl-C) or SIGTERM asks the program to
    /// stop.
    ///
    /// A server waits for this socket together with its clients'. So it can end in good order, and
    /// not in the middle of a message. A second signal ends the process at once.
    ///
    /// - Throws: `SocketError` for `signal`.
    ///
    /// System call: `sigaction(2)`, and `socketpair(2)`, since a handler may do little more than
    /// write a byte: see `signal-safety(7)`.
    public static func stopSignal() throws(SocketError) -> Socket {
        var ends: [Int32] = [-1, -1]
        _ = try systemCall(.signal) { system_socket_pair(&ends) }
        // The handler's end stays open for as long as the process lives.
        _ = try systemCall(.signal) { system_catch_stop_signals(ends[1]) }
        return Socket(adopting: ends[0], family: .ipv4, kind: .stream, peer: nil)
    }
}
