import Console
import Conversations
import Sockets

/// The work for one connection: its bytes and its ends, from each side to the other.
extension StreamRelay {
    /// Reads from a socket that is ready, or sends to it.
    func attend(to link: Link, _ side: Side, _ ready: Poller.Event) {
        let end = link[side]
        if !end.isConnected {
            do throws(SocketError) {
                try end.socket.checkConnected()
                guard ready.isWritable else { return }
                end.isConnected = true
            } catch {
                guard error.isDisconnection else { return failToConnect(link, error) }
                // The server has accepted, and reset the connection at once.
                end.isConnected = true
                noteReset(by: end, of: link)
            }
        }
        end.isFull = end.isFull && !ready.isWritable
        // Several reads where much comes: each saves a wait, and nobody else waits long for them.
        for _ in 0..<Self.readsInTurn where ready.isReadable && link.mayRead(from: end) {
            guard receive(from: end, of: link) == Self.readLimit else { break }
            look(at: link)
        }
        look(at: link)
    }

    /// Takes in the bytes of one read.
    ///
    /// - Returns: How many bytes came.
    private func receive(from end: Link.End, of link: Link) -> Int {
        do throws(SocketError) {
            switch try end.socket.receive(upTo: Self.readLimit) {
            case .wouldBlock: break
            case .endOfStream:
                end.inputEnded = true
                show(link, link.conversation.end(of: end.side, at: link.time))
                records.end(of: end.side, of: link.conversation.number)
                remark(end.lane.end(.end, at: .now), link, end.side)
            case .bytes(let bytes):
                end.lastInput = .now
                records.receive(bytes, from: end.side, of: link.conversation.number)
                show(link, link.conversation.receive(bytes, from: end.side, at: link.time))
                remark(end.lane.take(bytes, at: end.lastInput), link, end.side)
                return bytes.count
            }
        } catch {
            noteReset(by: end, of: link)
        }
        return 0
    }

    private func noteReset(by end: Link.End, of link: Link) {
        end.inputEnded = true
        end.isShut = true
        show(link, link.conversation.reset(by: end.side, at: link.time))
        records.reset(by: end.side, of: link.conversation.number)
        remark(end.lane.end(.reset, at: .now), link, end.side)
    }

    private func remark(_ remarks: [String], _ link: Link, _ side: Side) {
        for remark in remarks {
            show(link, link.conversation.damage(remark, from: side, at: link.time))
        }
    }

    /// Does all that can be done for a connection now, and notes when there is more to do.
    func look(at link: Link) {
        guard !link.isClosed else { return }
        let now = Instant.now
        if !link.server.isConnected, let end = link.connectEnd, end <= now {
            return failToConnect(link, .timedOut(.connect, at: link.server.socket.peer))
        }
        for side in Side.allCases {
            let end = link[side]
            remark(end.lane.settle(at: now), link, side)
            if settings.pause > .zero, link.conversation.waitsForMore(of: side),
                end.lastInput + settings.pause <= now
            {
                show(link, link.conversation.pause(of: side, at: link.time))
            }
            passOn(from: end, to: link[side.other], of: link, now)
        }
        guard !passOnEnds(of: link, now) else { return close(link) }
        watch(link.client, of: link)
        watch(link.server, of: link)
        noteTime(of: link)
    }

    /// Sends the bytes that are due from one side to the other.
    private func passOn(from end: Link.End, to other: Link.End, of link: Link, _ now: Instant) {
        guard other.isConnected, !other.isFull else { return }
        var sent = 0
        do throws(SocketError) {
            while !other.isShut, let bytes = end.lane.next(at: now) {
                let count = try other.socket.send(bytes)
                end.lane.leave(count ?? 0)
                sent += count ?? 0
                guard count == bytes.count else {
                    other.isFull = true
                    break
                }
            }
        } catch {
            // The other side has gone. It may have said something before.
            noteReset(by: other, of: link)
        }
        if sent > 0 {
            show(
                link,
                link.conversation.arrive(from: end.side, end: end.lane.left, at: link.time))
        }
    }

    /// Passes the end of each stream on, once all bytes before it have left.
    ///
    /// - Returns: Whether the connection is over.
    private func passOnEnds(of link: Link, _ now: Instant) -> Bool {
        var isOver = true
        for side in Side.allCases {
            let (end, other) = (link[side], link[side.other])
            if other.isConnected {
                switch end.lane.takeEnding(at: now, isUnread: other.isShut) {
                case .open: break
                case .end where other.isShut: break
                case .end:
                    other.isShut = true
                    try? other.socket.shutdown(.sending)
                case .reset:
                    link.client.socket.reset()
                    link.server.socket.reset()
                    return true
                }
            }
            // A stalled direction never passes its end on, so nobody waits for that.
            isOver = isOver && (other.isShut || end.inputEnded && end.lane.isCut)
        }
        return isOver
    }

    private func watch(_ end: Link.End, of link: Link) {
        var interest: Interest = []
        if link.mayRead(from: end) { interest.insert(.reading) }
        if !end.isConnected || end.isFull { interest.insert(.writing) }
        guard interest != end.watched else { return }
        // The poller reports a peer that has gone even where nothing is asked for, again and again.
        if interest.isEmpty {
            poller.remove(end.socket)
        } else {
            do throws(SocketError) {
                if end.watched.isEmpty {
                    try poller.add(end.socket, for: interest, token: end.token)
                } else {
                    try poller.change(end.socket, to: interest)
                }
            } catch {
                diagnose("\(error)")
            }
        }
        end.watched = interest
    }

    private func noteTime(of link: Link) {
        var times = [link.server.isConnected ? nil : link.connectEnd]
        for side in Side.allCases {
            let end = link[side]
            let other = link[side.other]
            if other.isConnected, !other.isFull {
                times.append(end.lane.due(isUnread: other.isShut))
            }
            if settings.pause > .zero, link.conversation.waitsForMore(of: side) {
                times.append(end.lastInput + settings.pause)
            }
        }
        let due = times.compactMap { $0 }.min()
        timed[link.conversation.number] = due.map { (link, $0) }
    }

    func close(_ link: Link) {
        guard !link.isClosed else { return }
        link.isClosed = true
        timed[link.conversation.number] = nil
        drop(link.client)
        drop(link.server)
        records.close(link.conversation.number)
        if acceptAgain != nil { acceptAgain = .now }
    }

    func drop(_ end: Link.End) {
        owners[end.token] = nil
        if !end.watched.isEmpty { poller.remove(end.socket) }
        end.watched = []
        end.socket.close()
    }

    func show(_ link: Link, _ events: [Event]) { views.show(events) }
}
