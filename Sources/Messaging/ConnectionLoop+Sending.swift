import Protocol
import Sockets

extension ConnectionLoop {
    /// Cuts off a peer that lets too many bytes wait for it.
    func checkOutput(of peer: Connection) {
        guard peer.outbox.count > min(limits.outbox, Self.congestion) else { return }
        // Try a send first: a peer that reads must not be cut off because nothing was tried.
        if peer.outbox.count > limits.outbox || peer.turn != .congested { flush(peer) }
        if peer.isOpen, peer.outbox.count > limits.outbox {
            let limit = limits.outbox >= 1_048_576 ? "1 MiB" : "\(limits.outbox) bytes"
            abandon(peer, because: ProtocolError("does not read; cut off with \(limit) waiting"))
        }
    }

    /// Sends to each peer all bytes that were queued for it since the last wait, in one send.
    func flushAll() {
        guard !toFlush.isEmpty else { return }
        let listed = toFlush
        toFlush.removeAll(keepingCapacity: true)
        listed.forEach(flush)
    }

    /// Sends the bytes that wait for one peer, as many as it takes now.
    func flush(_ peer: Connection) {
        guard peer.state < .lingering else { return }
        do {
            if try peer.outbox.flush(to: peer.socket) > 0 {
                idleWakes = 0
                peer.lastOutput = now
            }
            if peer.outbox.isEmpty, let content = peer.content {
                try sendPiece(of: content, to: peer)
            }
        } catch {
            return abandon(peer, because: error)
        }
        if peer.turn == .congested, peer.outbox.isEmpty {
            peer.turn = .idle
            turns.add(peer)
        }
        let hasLeft = peer.outbox.isEmpty && peer.content == nil
        switch peer.state {
        case .finishing where hasLeft: linger(peer)
        case .parting where hasLeft: remove(peer)
        default:
            updateInterest(of: peer)
            if peer.content != nil || !peer.isOpen { schedule(peer) }
        }
    }

    private func sendPiece(of content: any OutgoingContent, to peer: Connection) throws {
        switch try content.sendPiece(to: peer.socket) {
        case .blocked: return
        case .sent: break
        case .finished:
            peer.content = nil
            queued.append(.sent(peer))
            // The end is told only after the content.
            if peer.state == .halfClosed { turns.add(peer) }
        }
        idleWakes = 0
        peer.lastOutput = now
    }

    /// Sets the interest in a peer's socket that its state asks for.
    func updateInterest(of peer: Connection) {
        var interest: Interest =
            switch peer.state {
            case .open: peer.turn == .congested ? [] : .reading
            // A closing server goes on reading: a peer that is stuck in its own send would never
            // read the bytes that wait for it.
            case .finishing, .lingering: .reading
            case .halfClosed, .lastWord, .parting, .closed: []
            }
        if !peer.outbox.isEmpty || peer.content != nil { interest.insert(.writing) }
        do throws(SocketError) {
            try poller.change(peer.socket, to: interest)
        } catch {
            abandon(peer, because: error)
        }
    }
}
