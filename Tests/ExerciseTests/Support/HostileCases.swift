import CTestSupport
import Foundation

/// Attacks on a TCP server, each followed by a proof that the server is unharmed.
///
/// After each, a new peer is served like the first one, and the server has no more open descriptors
/// than before. Every case closes all that it has opened.
struct HostileCases {
    let server: Running
    let port: Int
    let address: String
    /// One good exchange over a connection that has just been made.
    let exchange: (RawClient) throws -> Void
    /// The number of the server's open descriptors with one peer or none, if the system tells.
    let openDescriptors: Int?

    /// Waits for the server's ready line and sees one good exchange.
    ///
    /// - Parameter exchange: Talks like a good peer, and throws if the server does not answer well.
    ///   It may end the stream, but need not close it.
    init(
        against server: Running, address: String = "127.0.0.1",
        exchange: @escaping (RawClient) throws -> Void
    ) throws {
        self.server = server
        self.address = address
        self.exchange = exchange
        port = try server.listeningPort()
        let peer = try RawClient(port: port, address: address)
        try exchange(peer)
        // The server has now opened all that it opens between its ready line and its first peer.
        // That peer may count or not: a leak shows in any case, because the cases bring many peers.
        // The thread sanitizer opens descriptors of its own at any time.
        openDescriptors = under_thread_sanitizer() ? nil : server.openDescriptors
    }

    /// Connects to the server.
    func connect(receiveBuffer: Int32? = nil) throws(RawSocketError) -> RawClient {
        try RawClient(port: port, address: address, receiveBuffer: receiveBuffer)
    }

    /// Checks that a new peer is served, and that nothing has been left open.
    ///
    /// - Throws: `ProgramFailure` that names the case and shows the server's output.
    func provesUnharmed(after attack: String) throws {
        try proves(attack) {
            try served()
            if let openDescriptors {
                try server.waitForOpenDescriptors(atMost: openDescriptors)
            }
        }
    }

    // MARK: Messages cut wrongly

    /// Peers that send `bytes`, which is no whole message, and end the stream.
    func halfAMessage(_ bytes: [UInt8], count: Int = 20) throws {
        for _ in 0..<count {
            let peer = try connect()
            try peer.send(bytes)
            peer.shutdownSending()
            do {
                _ = try peer.receiveToEnd()
            } catch {
                // A refusal, an end or a reset must come.
                guard error.code == ECONNRESET else {
                    throw server.failure("half a message: \(error)")
                }
            }
        }
        try provesUnharmed(after: "half a message, \(count) times")
    }

    /// A peer that sends `conversation` in segments of one byte.
    ///
    /// - Parameter replies: All bytes that must come back.
    func byteAtATime(_ conversation: [UInt8], replies: [UInt8], endsStream: Bool = false) throws {
        try answered("a byte at a time", replies, endsStream) { try $0.sendInPieces(conversation) }
    }

    /// A peer that sends many messages in one segment.
    ///
    /// - Parameters:
    ///   - conversation: All the messages.
    ///   - replies: All bytes that must come back.
    func manyInOneSegment(
        _ conversation: [UInt8], replies: [UInt8], endsStream: Bool = false
    ) throws {
        try answered("many messages in one segment", replies, endsStream) {
            try $0.send(conversation)
        }
    }

    /// Peers that send `bytes` and then reset the connection.
    func resetInMidMessage(_ bytes: [UInt8], count: Int = 200) throws {
        for _ in 0..<count {
            let peer = try connect()
            try peer.send(bytes)
            peer.reset()
        }
        try provesUnharmed(after: "\(count) resets in mid-message")
    }

    /// Peers that connect and leave without a byte, as port probes do.
    func probes(count: Int = 50) throws {
        for number in 0..<count {
            let peer = try connect()
            if number.isMultiple(of: 2) { peer.reset() } else { peer.close() }
        }
        try provesUnharmed(after: "\(count) probes")
    }

    // MARK: Peers that hold on

    /// Peers that say nothing while another is served.
    func silentPeers(count: Int = 100) throws {
        let peers = try (0..<count).map { _ in try connect() }
        try proves("\(count) silent peers") { try served() }
        peers.forEach { $0.close() }
        try provesUnharmed(after: "\(count) silent peers")
    }

    /// Peers that begin a message and never end it while another is served.
    func stalledPeers(_ bytes: [UInt8], count: Int = 100) throws {
        let peers = try (0..<count).map { _ in try connect() }
        for peer in peers { try peer.send(bytes) }
        try proves("\(count) peers stalled in mid-message") { try served() }
        peers.forEach { $0.close() }
        try provesUnharmed(after: "\(count) peers stalled in mid-message")
    }

    /// Peers that send and never read, while another is served again and again.
    ///
    /// The kernels hold a few MiB of replies for each peer before the server is affected. To block
    /// it for good, use few peers and a high limit, or replies longer than their requests.
    ///
    /// - Parameters:
    ///   - flood: Whole messages, sent again and again until the way is blocked.
    ///   - limit: The most bytes from each peer, roughly.
    func neverReading(count: Int = 100, flood: [UInt8], limit: Int = 64 * 1024) throws {
        var bytes = flood
        while bytes.count < limit { bytes += bytes }
        var senders = try (0..<count).map { _ in (try connect(receiveBuffer: 4096), bytes[...]) }
        var isMoving = true
        while isMoving {
            isMoving = false
            for index in senders.indices {
                let (peer, rest) = senders[index]
                guard let taken = peer.sendWithoutWaiting(rest), taken > 0 else { continue }
                senders[index].1 = rest.dropFirst(taken)
                isMoving = true
            }
            // The exchange of another peer is the clock: a peer that takes nothing meanwhile is
            // blocked.
            try proves("\(count) peers that never read") { try served() }
        }
        senders.forEach { $0.0.close() }
        try provesUnharmed(after: "\(count) peers that never read")
    }

    // MARK: Peers that are too many, or mean nothing

    /// Peers that all send noise at once, and drop all replies.
    ///
    /// - Parameter count: Bytes from each peer, if the server does not close before.
    func randomBytes(from peers: Int = 20, count: Int = 1 << 20) throws {
        var senders: [(peer: RawClient, rest: ArraySlice<UInt8>)] = try (0..<peers).map { number in
            (try connect(), seededBytes(count: count, seed: UInt64(number))[...])
        }
        let deadline = Date(timeIntervalSinceNow: patience)
        while !senders.isEmpty {
            guard Date() < deadline else {
                throw server.failure("it takes no more of the noise and does not hang up")
            }
            var entries = senders.map {
                pollfd(fd: $0.peer.descriptor, events: Int16(POLLIN | POLLOUT), revents: 0)
            }
            _ = poll(&entries, nfds_t(entries.count), 1000)
            for index in senders.indices.reversed() where entries[index].revents != 0 {
                let sent = senders[index].peer.sendWithoutWaiting(senders[index].rest)
                let isOpen = senders[index].peer.discardWhatHasCome()
                senders[index].rest = senders[index].rest.dropFirst(sent ?? 0)
                if sent == nil || !isOpen || senders[index].rest.isEmpty {
                    senders.remove(at: index).peer.close()
                }
            }
        }
        try provesUnharmed(after: "noise from \(peers) peers")
    }

    /// Peers that are all connected before the first of them is served, each in its turn.
    func crowd(_ count: Int = 200) throws {
        let peers = try (0..<count).map { _ in try connect() }
        try proves("a crowd of \(count)") {
            for peer in peers { try exchange(peer) }
        }
        peers.forEach { $0.close() }
        try provesUnharmed(after: "a crowd of \(count)")
    }

    /// More peers than the server has descriptors for; the connected peers are served meanwhile.
    ///
    /// - Parameter limit: The `descriptorLimit` with which the server was started.
    func descriptorsRunOut(limit: Int) throws {
        let first = try connect()
        let peers = try (0..<limit + 20).map { _ in try connect() }
        try server.waitForOpenDescriptors(atLeast: limit)
        try proves("no descriptors left") { try exchange(first) }
        first.close()
        peers.forEach { $0.close() }
        try provesUnharmed(after: "\(peers.count) peers at a limit of \(limit) descriptors")
    }

    // MARK: Steps

    private func served() throws {
        let peer = try connect()
        defer { peer.close() }
        try exchange(peer)
    }

    private func answered(
        _ attack: String, _ replies: [UInt8], _ endsStream: Bool,
        by send: (RawClient) throws -> Void
    ) throws {
        try proves(attack) {
            let peer = try connect()
            defer { peer.close() }
            try send(peer)
            if endsStream { peer.shutdownSending() }
            let received = try peer.receive(exactly: replies.count)
            guard received == replies else {
                throw server.failure("answered \(received) instead of \(replies)")
            }
        }
        try provesUnharmed(after: attack)
    }

    private func proves(_ attack: String, _ check: () throws -> Void) throws {
        do {
            try check()
        } catch {
            let problem = (error as? ProgramFailure)?.problem ?? "\(error)"
            throw server.failure("after \(attack): \(problem)")
        }
    }
}
