import Sockets

extension ConnectionLoop {
    /// Receives once from a ready peer; the others get their turn before the rest is taken.
    func receive(from peer: Connection) {
        do throws(SocketError) {
            switch try peer.socket.receive(into: &buffer) {
            case .wouldBlock: return
            case .endOfStream:
                idleWakes = 0
                endInput(of: peer)
            case .count(let count):
                idleWakes = 0
                guard peer.state == .open else { return drop(count, from: peer) }
                peer.hasSent = true
                peer.lastInput = now
                peer.pauseEnded = false
                peer.input.append(buffer[..<count])
                listForDecoding(peer)
            }
        } catch {
            abandon(peer, because: error)
        }
    }

    /// Notes that a peer's input may hold messages.
    func listForDecoding(_ peer: Connection) {
        guard !peer.isListedForDecoding else { return }
        peer.isListedForDecoding = true
        turns.add(peer)
    }

    /// Whether a connection's messages may be taken now; otherwise it is listed again later.
    func canDecode(from peer: Connection) -> Bool {
        guard peer.state == .open, !peer.isEndTold else { return false }
        guard peer.outbox.count > Self.congestion else { return true }
        // The replies to what came before have to leave first.
        flush(peer)
        if peer.outbox.count <= Self.congestion { return peer.state == .open }
        peer.isCongested = true
        updateInterest(of: peer)
        return false
    }

    /// Notes that a message has been taken out of a connection's input.
    @usableFromInline
    func noteMessage(of peer: Connection) { peer.lastMessage = now }

    /// Notes that no message is left in a connection's input.
    @usableFromInline
    func noteDecoded(_ peer: Connection) {
        peer.isListedForDecoding = false
        // Nothing of a next message has come.
        if peer.input.isEmpty { peer.owesRest = false }
        // Who has ended its stream still waits for its content: the end is told after that.
        if peer.inputEnded, peer.content == nil {
            tellEnd(of: peer, because: nil)
        } else {
            schedule(peer)
        }
    }

    private func endInput(of peer: Connection) {
        peer.inputEnded = true
        switch peer.state {
        case .open:
            updateInterest(of: peer)
            listForDecoding(peer)
        case .finishing: updateInterest(of: peer)
        case .lingering, .closed: remove(peer)
        }
    }

    /// Counts what a peer sends that nobody will read any more.
    private func drop(_ count: Int, from peer: Connection) {
        // Before that, the peer's own sending must not keep it from what waits for it.
        guard peer.state == .lingering else { return }
        peer.dropped += count
        if peer.dropped > Self.lingerBytes { remove(peer) }
    }
}
