import Protocol
import Sockets

extension MessageServer {
    /// Receives once from a ready peer; the others get their turn before the rest is taken.
    func receive(from peer: Peer<Format>) {
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

    /// Takes the next message out of what has come.
    func nextDecodedEvent() -> Event? {
        while nextToDecode < toDecode.count {
            let peer = toDecode[nextToDecode]
            if let message = nextMessage(from: peer) {
                if peer.number > 0 { return .received(message, from: peer) }
                joinedCount += 1
                peer.number = joinedCount
                held = message
                return .joined(peer)
            }
            peer.isListedForDecoding = false
            nextToDecode += 1
            if nextToDecode == toDecode.count {
                toDecode.removeAll(keepingCapacity: true)
                nextToDecode = 0
            }
        }
        return nil
    }

    /// Notes that a peer's input may hold messages.
    func listForDecoding(_ peer: Peer<Format>) {
        guard !peer.isListedForDecoding else { return }
        peer.isListedForDecoding = true
        toDecode.append(peer)
    }

    private func nextMessage(from peer: Peer<Format>) -> Format.Incoming? {
        defer { held = nil }
        guard peer.state == .open else { return nil }
        if let message = held { return message }
        if peer.outbox.count > Self.congestion {
            // The replies to what came before have to leave first.
            flush(peer)
            guard peer.outbox.count <= Self.congestion else {
                peer.isCongested = true
                updateInterest(of: peer)
                return nil
            }
        }
        do throws(ProtocolError) {
            if let message = try decode(from: peer) {
                peer.lastMessage = now
                return message
            }
            // Who has ended its stream still waits for its content: the end is told after that.
            if peer.inputEnded, peer.content == nil {
                finish(peer, because: nil)
            } else {
                schedule(peer)
            }
        } catch {
            finish(peer, because: error)
        }
        return nil
    }

    private func decode(from peer: Peer<Format>) throws(ProtocolError) -> Format.Incoming? {
        let before = trace == nil ? ArraySlice<UInt8>() : peer.input.bytes
        var message = try peer.framing.decode(&peer.input)
        if message == nil, peer.inputEnded || peer.pauseEnded {
            peer.pauseEnded = false
            message = try peer.framing.decodeRest(&peer.input)
        }
        if let trace, let message {
            let bytes = before.dropLast(peer.input.count)
            let who = peer.number > 0 ? peer.label : "client \(joinedCount + 1)"
            let text = peer.framing.describe(incoming: message)
            trace("from \(who): \(text) [\(hexadecimal(bytes))]")
        }
        return message
    }

    private func endInput(of peer: Peer<Format>) {
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
    private func drop(_ count: Int, from peer: Peer<Format>) {
        // Before that, the peer's own sending must not keep it from what waits for it.
        guard peer.state == .lingering else { return }
        peer.dropped += count
        if peer.dropped > Self.lingerBytes { remove(peer) }
    }
}
