import Sockets

extension ConnectionLoop {
    /// Receives once from a ready peer; the others have their turn before it receives the rest.
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
                peer.lastInput = now
                peer.patience = nil
                peer.input.append(buffer[..<count])
                turns.add(peer)
            }
        } catch {
            abandon(peer, because: error)
        }
    }

    private func endInput(of peer: Connection) {
        switch peer.state {
        case .open:
            peer.state = .halfClosed
            updateInterest(of: peer)
            turns.add(peer)
        case .finishing:
            peer.state = .parting
            updateInterest(of: peer)
        case .lingering: remove(peer)
        case .halfClosed, .lastWord, .parting, .closed: break
        }
    }

    /// Counts the bytes of a peer that are dropped, and closes its connection after too many.
    private func drop(_ count: Int, from peer: Connection) {
        // While bytes wait for the peer, it may send as much as it likes.
        guard peer.state == .lingering else { return }
        peer.dropped += count
        if peer.dropped > Self.lingerBytes { remove(peer) }
    }
}
