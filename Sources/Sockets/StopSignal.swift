import CSystem

extension Socket {
    /// Makes a socket that becomes readable when someone asks the program to stop, with SIGINT
    /// (Ctrl-C) or SIGTERM.
    ///
    /// A server waits for it as for its clients, and can so end in good order instead of being
    /// cut off in the middle of something. A second signal ends the process at once.
    ///
    /// - Throws: `SocketError` for `signal`.
    ///
    /// System call: `sigaction(2)`, and `socketpair(2)`: the handler may do little more than
    /// write a byte, see `signal-safety(7)`.
    public static func stopSignal() throws(SocketError) -> Socket {
        var ends: [Int32] = [-1, -1]
        _ = try systemCall(.signal) { system_socket_pair(&ends) }
        // The handler's end stays open for as long as the process lives.
        _ = try systemCall(.signal) { system_catch_stop_signals(ends[1]) }
        return Socket(adopting: ends[0], family: .ipv4, kind: .stream, peer: nil)
    }
}
