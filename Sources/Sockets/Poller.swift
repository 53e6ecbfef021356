/// Watches many sockets for a server that lives long.
///
/// It is told of a socket once, where `select(reading:writing:timeout:)` is told at every wait.
/// After a hang-up or an error a socket is readable, so that the receive discovers both. The poller
/// never reports a socket that was removed, even if another socket has its descriptor now.
///
/// A poller belongs to one thread.
public final class Poller {
    /// A socket that is ready.
    public struct Event: Sendable {
        /// The caller's number for the socket: see `add(_:for:token:)`.
        public let token: Int
        /// Whether a receive or an accept would not have to wait; it may fail.
        public let isReadable: Bool
        /// Whether a send would find room.
        public let isWritable: Bool
    }

    private struct Registration {
        var token = 0
        var interest: Interest?
        /// Counts the sockets that have had this descriptor.
        var generation: UInt32 = 0
    }

    private let backend: any PollerBackend
    // At run time Swift checks that no two accesses to an object's field overlap. These checks take
    // a sixth of a short request's time. So the fields that a request touches most are unchecked,
    // in Sockets and in Messaging. One thread has them all, and no call during an access comes back
    // to the same field.

    /// One entry for each descriptor up to the highest seen.
    @exclusivity(unchecked) private var registrations: [Registration] = []
    @exclusivity(unchecked) private var ready: [Readiness] = []
    @exclusivity(unchecked) private var position = 0

    /// Makes a poller that watches nothing yet.
    ///
    /// - Throws: `SocketError` for `poll`.
    ///
    /// System call: `epoll_create1(2)`, `kqueue(2)`, or none.
    public init(_ mechanism: Mechanism = .best) throws(SocketError) {
        backend = try mechanism.makeBackend()
    }

    /// Begins to watch a socket.
    ///
    /// - Parameter token: The caller's own number for the socket; each event carries it.
    /// - Throws: `SocketError` for `poll`.
    ///
    /// System call: `epoll_ctl(2)`, `kevent(2)`, or none.
    public func add(_ socket: Socket, for interest: Interest, token: Int) throws(SocketError) {
        let index = Int(socket.descriptor)
        while registrations.count <= index { registrations.append(Registration()) }
        registrations[index].generation &+= 1
        registrations[index].token = token
        registrations[index].interest = interest
        try backend.add(
            socket.descriptor, for: interest, generation: registrations[index].generation)
    }

    /// Changes the interest in a watched socket.
    ///
    /// - Throws: `SocketError` for `poll`.
    ///
    /// System call: `epoll_ctl(2)`, `kevent(2)`, or none.
    public func change(_ socket: Socket, to interest: Interest) throws(SocketError) {
        let index = Int(socket.descriptor)
        guard registrations.indices.contains(index), let old = registrations[index].interest,
            old != interest
        else { return }
        registrations[index].interest = interest
        try backend.change(
            socket.descriptor, from: old, to: interest,
            generation: registrations[index].generation)
    }

    /// Stops watching a socket. Call it before the socket is closed.
    ///
    /// System call: `epoll_ctl(2)`, `kevent(2)`, or none.
    public func remove(_ socket: Socket) {
        let index = Int(socket.descriptor)
        guard registrations.indices.contains(index), let old = registrations[index].interest
        else { return }
        registrations[index].interest = nil
        backend.remove(socket.descriptor, from: old)
    }

    /// Waits until at least one socket is ready; `next()` then returns the ready ones in turn.
    ///
    /// - Parameter timeout: The longest wait; `nil` is for ever.
    /// - Throws: `SocketError` for `poll`.
    ///
    /// System call: `epoll_wait(2)`, `kevent(2)`, `poll(2)`, or `select(2)`.
    public func wait(timeout: Duration? = nil) throws(SocketError) {
        ready.removeAll(keepingCapacity: true)
        position = 0
        try backend.wait(timeout: timeout, into: &ready)
    }

    /// Returns the next of the ready sockets that the last wait found.
    ///
    /// - Returns: `nil` when all of them have been taken.
    public func next() -> Event? {
        while position < ready.count {
            let found = ready[position]
            position += 1
            let registration = registrations[Int(found.descriptor)]
            guard registration.interest != nil,
                found.generation == nil || found.generation == registration.generation
            else { continue }
            return Event(
                token: registration.token, isReadable: found.isReadable,
                isWritable: found.isWritable)
        }
        return nil
    }
}

/// A descriptor that a wait found ready.
struct Readiness {
    let descriptor: Int32
    /// Tells apart the sockets that have had this descriptor one after another.
    let generation: UInt32?
    let isReadable: Bool
    let isWritable: Bool
}

/// One system call's way of watching descriptors.
protocol PollerBackend: AnyObject {
    func add(_ descriptor: Int32, for interest: Interest, generation: UInt32) throws(SocketError)
    func change(
        _ descriptor: Int32, from old: Interest, to interest: Interest, generation: UInt32
    ) throws(SocketError)
    func remove(_ descriptor: Int32, from interest: Interest)
    func wait(timeout: Duration?, into ready: inout [Readiness]) throws(SocketError)
}
