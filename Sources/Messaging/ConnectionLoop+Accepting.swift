import Sockets

extension ConnectionLoop {
    /// Accepts clients until none waits, or descriptors run out.
    func acceptClients() throws(SocketError) {
        // Bounded, so that a flood of new clients does not starve the old ones.
        for _ in 0..<256 {
            do throws(SocketError) {
                guard let (socket, address) = try listener.accept() else {
                    acceptAgain = nil
                    return
                }
                try admit(socket, from: address)
            } catch {
                guard error.isOutOfDescriptors else { throw error }
                return pauseAccepting(because: error)
            }
        }
    }

    /// Accepts again after a pause that a lack of descriptors has made.
    func resumeAccepting() throws(SocketError) {
        try poller.change(listener, to: .reading)
        try acceptClients()
    }

    /// Lets new clients wait in the backlog for a while: the loop would spin if it asked again at
    /// once.
    private func pauseAccepting(because error: SocketError) {
        if acceptAgain == nil { log("\(error); new clients wait until one has left") }
        acceptAgain = now + .seconds(1)
        try? poller.change(listener, to: [])
    }

    private func admit(_ socket: Socket, from address: SocketAddress) throws(SocketError) {
        do throws(SocketError) {
            try socket.setBlocking(false)
            try socket.keepAlive()
            try socket.setOption(.noDelay, to: 1)
        } catch {
            // The client was gone before the server looked at it: a port probe.
            return
        }
        let slot = freeSlots.popLast() ?? connections.count
        if slot == connections.count { connections.append(nil) }
        idleWakes = 0
        acceptedCount += 1
        let connection = makeConnection(
            Accepted(id: acceptedCount, slot: slot, socket: socket, address: address, loop: self))
        try poller.add(socket, for: .reading, token: slot)
        connections[slot] = connection
        connectionCount += 1
        schedule(connection)
    }
}
