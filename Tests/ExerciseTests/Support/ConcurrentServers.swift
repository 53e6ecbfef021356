import Foundation
import Testing

extension HostileCases {
    /// Peers that begin a message, are silent, and later send one byte more. Another peer is served
    /// in between.
    ///
    /// - Parameter bytes: A part of a message, two bytes or more.
    func dribblingPeers(_ bytes: [UInt8], count: Int = 200) throws {
        let peers = try (0..<count).map { _ in try connect() }
        for byte in bytes {
            for peer in peers { try peer.send([byte]) }
            let other = try connect()
            try exchange(other)
            other.close()
        }
        peers.forEach { $0.close() }
        try provesUnharmed(after: "\(count) peers that sent a byte now and then")
    }

    /// Many more peers than the server has descriptors for. The connected peers are served, the
    /// server does not spin, and a waiting peer gets in when others have left.
    ///
    /// - Parameter limit: The `descriptorLimit` with which the server was started.
    func outOfDescriptors(limit: Int, count: Int = 200) throws {
        let peers = try (0..<count).map { _ in try connect() }
        try server.waitForOpenDescriptors(atLeast: limit)
        try exchange(peers[0])

        try expectIdle(server)
        peers.dropLast().forEach { $0.close() }
        try exchange(peers[count - 1])
        peers[count - 1].close()
        try provesUnharmed(after: "\(count) peers at a limit of \(limit) descriptors")
    }
}

/// Checks that an idle `server` uses no processor time.
///
/// A client that waits a second for a reply is the clock: a server that spins would use some
/// hundred ticks meanwhile. It does nothing if the system does not tell (no `/proc`).
func expectIdle(_ server: Running) throws {
    guard let before = server.processorTicks else { return }
    let client = try HostileServer.silent.result(of: "guess-client") { port in
        ["127.0.0.1", "\(port)", "--delay", "0", "--timeout", "1"]
    }
    #expect(client.exit == 1)
    let used = (server.processorTicks ?? before) - before
    guard used < 40 else { throw server.failure("\(used) ticks used with nothing to do") }
}

/// Ends `server` by a signal while peers are connected. Each of them must see a clean end of its
/// stream.
///
/// - Parameter peers: Connected and served peers; they read the rest of their streams.
func expectOrderlyEnd(
    of server: Running, by signal: Int32, peers: [RawClient],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    server.signal(signal)
    for peer in peers {
        // A reset would throw here.
        #expect(try peer.receiveToEnd() == [], sourceLocation: sourceLocation)
        peer.close()
    }
    #expect(try server.waitForExit() == 0, sourceLocation: sourceLocation)
}
