import Protocol
import Sockets

extension ConnectionLoop {
    /// Notes that something waits for a peer. All that is queued for it until the next wait
    /// leaves in one send.
    @usableFromInline
    func noteOutput(of peer: Connection) {
        // Who takes what it is sent is not cut off only because it has not been tried.
        if peer.outbox.count > limits.outbox
            || peer.outbox.count > Self.congestion && !peer.isCongested
        {
            flush(peer)
            guard peer.state == .open else { return }
        }
        if peer.outbox.count > limits.outbox {
            let limit = limits.outbox >= 1_048_576 ? "1 MiB" : "\(limits.outbox) bytes"
            abandon(peer, because: ProtocolError("does not read; cut off with \(limit) waiting"))
        } else if !peer.isListedForFlush {
            peer.isListedForFlush = true
            toFlush.append(peer)
        }
    }

    /// Sends whatever waits.
    func flushAll() {
        guard !toFlush.isEmpty else { return }
        let listed = toFlush
        toFlush.removeAll(keepingCapacity: true)
        for peer in listed {
            peer.isListedForFlush = false
            flush(peer)
        }
    }

    /// Sends what waits for one peer, as much as it takes now.
    func flush(_ peer: Connection) {
        guard peer.state == .open || peer.state == .finishing else { return }
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
        if peer.isCongested, peer.outbox.isEmpty {
            peer.isCongested = false
            listForDecoding(peer)
        }
        if peer.outbox.isEmpty, peer.content == nil, peer.state == .finishing {
            linger(peer)
        } else {
            updateInterest(of: peer)
            if peer.content != nil || peer.state == .finishing { schedule(peer) }
        }
    }

    private func sendPiece(of content: any OutgoingContent, to peer: Connection) throws {
        switch try content.sendPiece(to: peer.socket) {
        case .blocked: return
        case .sent: break
        case .finished:
            peer.content = nil
            queued.append(.sent(peer))
            if peer.inputEnded, peer.state == .open { listForDecoding(peer) }
        }
        idleWakes = 0
        peer.lastOutput = now
    }

    /// Watches a peer for what can be done with it now.
    func updateInterest(of peer: Connection) {
        var interest: Interest = []
        // A closing server goes on reading: a peer that is stuck in its own send never gets to
        // read what waits for it.
        if !peer.inputEnded, !peer.isCongested { interest.insert(.reading) }
        if !peer.outbox.isEmpty || peer.content != nil { interest.insert(.writing) }
        do throws(SocketError) {
            try poller.change(peer.socket, to: interest)
        } catch {
            abandon(peer, because: error)
        }
    }
}
