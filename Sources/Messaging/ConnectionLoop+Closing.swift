import Protocol
import Sockets

extension ConnectionLoop {
    /// Ends a peer in good order: takes nothing more from it, and closes once all has left.
    @usableFromInline
    func finish(_ peer: Connection, because reason: ProtocolError?) {
        guard peer.state == .open else { return }
        tellEnd(of: peer, because: reason)
        peer.state = .finishing
        peer.isCongested = false
        peer.input.removeAll()
        peer.lastOutput = now
        flush(peer)
    }

    /// Gives a peer up at once, with whatever waits for it.
    func abandon(_ peer: Connection, because reason: any Error) {
        guard peer.state != .closed else { return }
        tellEnd(of: peer, because: reason)
        // After a failed send or receive this is a plain close; where content broke off, the
        // peer must not take a part for the whole.
        remove(peer, resetting: true)
    }

    /// Tells the peer that all has been said, and hears it out for a moment.
    func linger(_ peer: Connection) {
        guard !peer.inputEnded else { return remove(peer) }
        do throws(SocketError) {
            try peer.socket.shutdown(.sending)
        } catch {
            return remove(peer)
        }
        peer.state = .lingering
        peer.lingerEnd = now + Self.lingerTime
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

    /// Tells once that a connection has ended. One whose peer has only ended its own stream stays
    /// open until that has been told, for a last word.
    func tellEnd(of peer: Connection, because reason: (any Error)?) {
        guard !peer.isEndTold else { return }
        peer.isEndTold = true
        queued.append(.ended(peer))
        // A port probe, which has sent nothing, is nobody's error.
        guard let reason, peer.hasSent else { return }
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

    /// Sees to it that a peer is looked at when its next deadline has come.
    func schedule(_ peer: Connection) {
        guard let deadline = deadline(of: peer) else { return }
        if let scheduled = peer.scheduled, scheduled <= deadline { return }
        peer.scheduled = deadline
        deadlines.add(Deadlines.Entry(time: deadline, slot: peer.slot, peer: peer.id))
    }

    /// When something is to happen to a peer if it goes on doing nothing.
    private func deadline(of peer: Connection) -> Instant? {
        switch peer.state {
        case .closed: return nil
        case .lingering: return peer.lingerEnd
        case .finishing: return peer.lastOutput + limits.timeout
        case .open:
            var earliest = idleLimit.map { max(peer.lastMessage, idleSince) + $0 }
            if let end = peer.end { earliest = min(end, earliest ?? .distantFuture) }
            if peer.content != nil {
                earliest = min(peer.lastOutput + limits.timeout, earliest ?? .distantFuture)
            }
            if let limit = silenceLimit(of: peer) {
                earliest = min(peer.lastInput + limit, earliest ?? .distantFuture)
            }
            return earliest
        }
    }

    /// How long a peer that has begun a message may be silent; `nil` if it has begun none.
    private func silenceLimit(of peer: Connection) -> Duration? {
        // What has come and was not heard yet may be the rest.
        guard peer.owesRest, !peer.isCongested, !peer.isListedForDecoding else { return nil }
        return pauseMayEndMessage(of: peer) ? limits.pause : limits.timeout
    }

    private func pauseMayEndMessage(of peer: Connection) -> Bool {
        limits.pause > .zero && peer.mayEndAtPause
    }

    /// Does what a peer's deadline asks for.
    private func endTime(of peer: Connection) {
        switch peer.state {
        case .closed: return
        case .lingering: remove(peer)
        case .finishing: abandon(peer, because: stalled)
        case .open where peer.end.map { $0 <= now } ?? false: finish(peer, because: nil)
        case .open where peer.content != nil && peer.lastOutput + limits.timeout <= now:
            abandon(peer, because: stalled)
        case .open where silenceLimit(of: peer).map { peer.lastInput + $0 <= now } ?? false:
            // While the server was busy, more may have come.
            receive(from: peer)
            guard peer.state == .open, !peer.inputEnded, peer.lastInput < now else { return }
            if pauseMayEndMessage(of: peer) {
                peer.pauseEnded = true
                listForDecoding(peer)
            } else {
                finish(peer, because: peer.stall(for: limits.timeout))
            }
        case .open: finish(peer, because: nil)
        }
    }

    private var stalled: ProtocolError {
        ProtocolError("took nothing of what waits for it for \(limits.timeout.inSeconds)")
    }
}
