import Protocol
import Sockets

extension ConnectionLoop {
    /// Ends a peer in good order: takes nothing more from it, and closes once all has left.
    @usableFromInline
    func finish(_ peer: Connection, because reason: ProtocolError?) {
        guard peer.isOpen else { return }
        tellEnd(of: peer, because: reason)
        peer.state = peer.state == .open ? .finishing : .parting
        peer.turn = .idle
        peer.input.removeAll()
        peer.lastOutput = now
        flush(peer)
    }

    /// Gives a peer up at once; the bytes that wait for it are lost.
    func abandon(_ peer: Connection, because reason: any Error) {
        guard peer.state != .closed else { return }
        tellEnd(of: peer, because: reason)
        // After a failed send or receive, this is no more than a close. If content broke off, the
        // reset keeps the peer from taking a part for all of it.
        remove(peer, resetting: true)
    }

    /// Ends the stream to a peer, and goes on reading from it for a moment.
    func linger(_ peer: Connection) {
        do throws(SocketError) {
            try peer.socket.shutdown(.sending)
        } catch {
            return remove(peer)
        }
        peer.state = .lingering
        peer.end = now + Self.lingerTime
        updateInterest(of: peer)
        schedule(peer)
    }

    /// Closes a peer's socket and forgets the peer.
    func remove(_ peer: Connection, resetting: Bool = false) {
        guard peer.state != .closed else { return }
        idleWakes = 0
        peer.state = .closed
        poller.remove(peer.socket)
        if resetting { peer.socket.reset() } else { peer.socket.close() }
        peer.outbox.removeAll()
        peer.input.removeAll()
        peer.content = nil
        connections[peer.slot] = nil
        freeSlots.append(peer.slot)
        // Now there is a descriptor for a client that waits.
        if acceptAgain != nil { acceptAgain = now }
    }

    /// Closes every peer's socket.
    func removeAll() {
        for case let connection? in connections { remove(connection) }
    }

    /// Tells the exercise once that a connection has ended. Call it before the state changes.
    func tellEnd(of peer: Connection, because reason: (any Error)?) {
        guard peer.state < .lastWord else { return }
        queued.append(.ended(peer))
        // A peer that has sent nothing is a port probe, and its end is no error.
        guard let reason, peer.lastInput != nil else { return }
        log(peer.address.line(about: reason, from: peer.knownName))
    }

    /// Looks at the peers whose time has come.
    func lookAtDeadlines() {
        while let entry = deadlines.removeEarliest(by: now) {
            guard let peer = connections[entry.slot], peer.id == entry.peer else { continue }
            if peer.scheduled == entry.time { peer.scheduled = nil }
            guard let deadline = deadline(of: peer) else { continue }
            if deadline > now { schedule(peer) } else { endTime(of: peer) }
        }
    }

    /// Makes the loop look at a peer when the peer's next deadline has come.
    func schedule(_ peer: Connection) {
        guard let deadline = deadline(of: peer) else { return }
        if let scheduled = peer.scheduled, scheduled <= deadline { return }
        peer.scheduled = deadline
        deadlines.add(Deadlines.Entry(time: deadline, slot: peer.slot, peer: peer.id))
    }

    /// When the loop has to look at a peer that does nothing until then; `nil` is never.
    private func deadline(of peer: Connection) -> Instant? {
        switch peer.state {
        case .closed: return nil
        case .lingering: return peer.end
        case .finishing, .parting: return peer.lastOutput + limits.timeout
        case .open, .halfClosed, .lastWord:
            var earliest = idleLimit.map { max(peer.lastMessage, idleSince) + $0 }
            if let end = peer.end { earliest = min(end, earliest ?? .distantFuture) }
            if peer.content != nil {
                earliest = min(peer.lastOutput + limits.timeout, earliest ?? .distantFuture)
            }
            if let end = silenceEnd(of: peer) { earliest = min(end, earliest ?? .distantFuture) }
            return earliest
        }
    }

    /// When a peer that owes the rest of a message has been silent for too long.
    private func silenceEnd(of peer: Connection) -> Instant? {
        // A connection that is in line or congested is not read, so the rest may be there already.
        guard peer.state == .open, peer.turn == .idle, let last = peer.lastInput,
            let patience = peer.patience
        else {
            return nil
        }
        return last + patience
    }

    /// Acts on a peer's deadline that has come.
    private func endTime(of peer: Connection) {
        switch peer.state {
        case .closed: return
        case .lingering: remove(peer)
        case .finishing, .parting: abandon(peer, because: stalled)
        case .open, .halfClosed, .lastWord:
            if let end = peer.end, end <= now {
                finish(peer, because: nil)
            } else if peer.content != nil, peer.lastOutput + limits.timeout <= now {
                abandon(peer, because: stalled)
            } else if let end = silenceEnd(of: peer), end <= now {
                // More may have come while the server was busy. If not, the peer's turn finds it
                // silent.
                receive(from: peer)
                if peer.isOpen { turns.add(peer) }
            } else {
                finish(peer, because: nil)
            }
        }
    }

    private var stalled: ProtocolError {
        ProtocolError("took none of its waiting bytes for \(limits.timeout.inSeconds)")
    }
}
