/// Watches many sockets for a server that lives long.
///
/// Unlike `select(reading:writing:timeout:)` it is told of a socket once, not at every wait.
/// A hang-up or an error shows as readable, so that one path, the receive, discovers it.
/// A socket that was removed, or whose descriptor has become another's, is never reported.
///
/// Belongs to one thread.
public final class Poller {
    /// A socket that is ready.
    public struct Event: Sendable {
        /// What the socket was added with.
        public let token: Int
        /// Whether a receive or an accept would find something, an error included.
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
    // At run time Swift checks that no two accesses to an object's field overlap. These checks are a
    // sixth of a short request's time. So the fields that a request touches most are unchecked,
    // here and in Messaging. One thread has them all, and nothing that is called during an access
    // comes back to its field.

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
    /// - Parameter token: Comes back with each event; the caller's own number for the socket.
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

    /// Changes what a watched socket is watched for.
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

    /// Waits until some socket is ready; `next()` then tells which.
    ///
    /// - Parameter timeout: How long at most; `nil` is for ever.
    /// - Throws: `SocketError` for `poll`.
    ///
    /// System call: `epoll_wait(2)`, `kevent(2)`, `poll(2)`, or `select(2)`.
    public func wait(timeout: Duration? = nil) throws(SocketError) {
        ready.removeAll(keepingCapacity: true)
        position = 0
        try backend.wait(timeout: timeout, into: &ready)
    }

    /// Takes the next ready socket from those that the last wait found.
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
    /// Which of the sockets with this descriptor it was.
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
