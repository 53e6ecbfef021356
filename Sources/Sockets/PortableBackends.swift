import CSystem

/// Watches with `select(2)`.
final class SelectBackend: PollerBackend {
    private var reading = DescriptorSet()
    private var writing = DescriptorSet()
    private var generations: [UInt32] = []

    func add(_ descriptor: Int32, for interest: Interest, generation: UInt32) {
        while generations.count <= Int(descriptor) { generations.append(0) }
        generations[Int(descriptor)] = generation
        set(descriptor, interest)
    }

    func change(
        _ descriptor: Int32, from old: Interest, to interest: Interest, generation: UInt32
    ) {
        set(descriptor, interest)
    }

    func remove(_ descriptor: Int32, from interest: Interest) { set(descriptor, []) }

    func wait(timeout: Duration?, into ready: inout [Readiness]) throws(SocketError) {
        var readable = reading
        var writable = writing
        guard try selectOnce(&readable, &writable, timeout: timeout) > 0 else { return }
        for word in 0..<max(readable.words.count, writable.words.count) {
            var bits = readable.words[word] | writable.words[word]
            while bits != 0 {
                let descriptor = Int32(word * 64 + bits.trailingZeroBitCount)
                bits &= bits - 1
                ready.append(
                    Readiness(
                        descriptor: descriptor, generation: generations[Int(descriptor)],
                        isReadable: readable.contains(descriptor),
                        isWritable: writable.contains(descriptor)))
            }
        }
    }

    private func set(_ descriptor: Int32, _ interest: Interest) {
        if interest.contains(.reading) {
            reading.insert(descriptor)
        } else {
            reading.remove(descriptor)
        }
        if interest.contains(.writing) {
            writing.insert(descriptor)
        } else {
            writing.remove(descriptor)
        }
    }
}

/// Watches with `poll(2)`.
final class PollBackend: PollerBackend {
    private var watched: [pollfd] = []
    private var generations: [UInt32] = []
    /// The index of each descriptor in `watched`.
    private var places: [Int32: Int] = [:]

    func add(_ descriptor: Int32, for interest: Interest, generation: UInt32) {
        places[descriptor] = watched.count
        watched.append(pollfd(fd: descriptor, events: events(of: interest), revents: 0))
        generations.append(generation)
    }

    func change(
        _ descriptor: Int32, from old: Interest, to interest: Interest, generation: UInt32
    ) {
        if let place = places[descriptor] { watched[place].events = events(of: interest) }
    }

    func remove(_ descriptor: Int32, from interest: Interest) {
        guard let place = places.removeValue(forKey: descriptor) else { return }
        // The last entry takes the free place, so that no other has to move.
        watched.swapAt(place, watched.count - 1)
        generations.swapAt(place, generations.count - 1)
        watched.removeLast()
        generations.removeLast()
        if place < watched.count { places[watched[place].fd] = place }
    }

    func wait(timeout: Duration?, into ready: inout [Readiness]) throws(SocketError) {
        let deadline = timeout.map { Instant.now + $0 }
        let count = try systemCall(.poll) {
            poll(&watched, nfds_t(watched.count), deadline.map { ($0 - .now).milliseconds } ?? -1)
        }
        var left = count ?? 0
        for (place, found) in watched.enumerated() where left > 0 && found.revents != 0 {
            left -= 1
            ready.append(
                Readiness(
                    descriptor: found.fd, generation: generations[place],
                    isReadable: found.revents & ~Int16(POLLOUT) != 0,
                    isWritable: found.revents & Int16(POLLOUT) != 0))
        }
    }

    private func events(of interest: Interest) -> Int16 {
        (interest.contains(.reading) ? Int16(POLLIN) : 0)
            | (interest.contains(.writing) ? Int16(POLLOUT) : 0)
    }
}
