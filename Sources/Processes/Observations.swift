import CSystem

/// A port on which a program waits.
public struct ListeningPort: Hashable, Comparable, Sendable {
    /// Whether it is a port of UDP, not of TCP.
    public let isDatagram: Bool
    /// The address that it is bound to, such as `127.0.0.1`, `0.0.0.0` or `::`.
    public let host: String
    /// The number of the port.
    public let port: Int

    /// TCP first, then by number.
    public static func < (one: ListeningPort, other: ListeningPort) -> Bool {
        (one.isDatagram ? 1 : 0, one.port, one.host)
            < (other.isDatagram ? 1 : 0, other.port, other.host)
    }
}

extension ChildProcess {
    /// The time for which its threads that live have run, or have waited for a processor; nil if
    /// the system does not tell.
    ///
    /// A thread that never sleeps adds as much to it as goes by, however busy the machine is.
    ///
    /// File: `/proc/<number>/task/<thread>/schedstat` of proc(5).
    public var runnableTime: Duration? {
        guard SystemFile.read("/proc/self/schedstat") != nil else { return nil }
        var nanoseconds: Int64 = 0
        for process in processes {
            let folder = "/proc/\(process.identifier)/task"
            for thread in SystemFile.names(in: folder) ?? [] {
                let text = SystemFile.read("\(folder)/\(thread)/schedstat") ?? ""
                nanoseconds += text.split(separator: " ").prefix(2).compactMap { Int64($0) }
                    .reduce(0, +)
            }
        }
        return .nanoseconds(nanoseconds)
    }

    /// The number of open descriptors of the program itself, with its standard streams; nil if it
    /// has ended, or the system does not tell.
    ///
    /// File: `/proc/<number>/fd` of proc(5).
    public var openDescriptors: Int? {
        guard exit == nil else { return nil }
        return SystemFile.names(in: "/proc/\(identifier)/fd")?.count
    }

    /// Whether a signal such as SIGSTOP has stopped the program itself; nil if it has ended.
    public var isStopped: Bool? {
        guard exit == nil else { return nil }
        return ProcessTable()[identifier]?.isStopped
    }

    /// Whether all threads of its processes sleep: they wait for something, such as a message; nil
    /// if the system does not tell, or the program has ended.
    ///
    /// Cheaper than a look at all processes of the machine, so that it can be asked often.
    ///
    /// Files: `/proc/<number>/task/<thread>/stat` and `children` of proc(5).
    public var sleeps: Bool? {
        guard SystemFile.read("/proc/thread-self/children") != nil, exit == nil,
            let child = livingChild
        else { return nil }
        return Self.sleeps("\(child)", itself: !watch.hasKeeper)
    }

    private static func sleeps(_ process: String, itself: Bool = true) -> Bool {
        let folder = "/proc/\(process)/task"
        return (SystemFile.names(in: folder) ?? []).allSatisfy { thread in
            let text = itself ? SystemFile.read("\(folder)/\(thread)/stat") ?? "" : ""
            // The state stands behind the name, which may hold anything.
            let state = text.lastIndex(of: ")").map { text[$0...].dropFirst(2).prefix(1) }
            // Running, or waiting for a disk.
            if state == "R" || state == "D" { return false }
            let children = SystemFile.read("\(folder)/\(thread)/children") ?? ""
            return children.split(separator: " ").allSatisfy { sleeps(String($0)) }
        }
    }

    /// Whether one of its processes waits for input on the standard input that it was given; nil if
    /// the system does not tell, or the program has ended.
    ///
    /// Only a plain `read(2)` of descriptor 0 is seen, not a wait in `poll(2)` or `select(2)`.
    ///
    /// Files: `/proc/<number>/task/<thread>/syscall` and `/proc/<number>/fd/0` of proc(5).
    public var readsInput: Bool? {
        guard Self.hasProc, SystemFile.read("/proc/self/syscall") != nil, exit == nil,
            let pipe = input.node
        else { return nil }
        return processes.contains { process in
            let folder = "/proc/\(process.identifier)"
            guard SystemFile.link("\(folder)/fd/0") == "pipe:[\(pipe)]" else { return false }
            return (SystemFile.names(in: "\(folder)/task") ?? []).contains { thread in
                let call = SystemFile.read("\(folder)/task/\(thread)/syscall") ?? ""
                return call.hasPrefix("\(system_read_number()) 0x0 ")
            }
        }
    }

    /// The ports on which its processes listen (TCP), or which they have bound (UDP), sorted; nil
    /// if the system does not tell. Empty after the end.
    ///
    /// Kernel interface: sock_diag(7); `/proc/<number>/fd`, `/proc/net/udp` and `udp6` of proc(5).
    public var listeningPorts: [ListeningPort]? {
        guard Self.hasProc else { return nil }
        let sockets = sockets
        return sockets.isEmpty ? [] : SocketTable.ports(of: sockets)
    }

    /// Whether another program listens at a TCP port, and this one does not, as far as the system
    /// tells.
    ///
    /// Kernel interface: sock_diag(7); `/proc/<number>/fd` of proc(5).
    public func hasRival(at port: Int) -> Bool {
        guard Self.hasProc else { return false }
        let listeners = SocketTable.listeners(at: port)
        return !listeners.isEmpty && sockets.isDisjoint(with: listeners)
    }

    /// The numbers of the sockets that its processes have.
    private var sockets: Set<UInt64> {
        var sockets: Set<UInt64> = []
        for process in processes {
            let folder = "/proc/\(process.identifier)/fd"
            for name in SystemFile.names(in: folder) ?? [] {
                let link = SystemFile.link("\(folder)/\(name)") ?? ""
                guard link.hasPrefix("socket:["), link.hasSuffix("]") else { continue }
                if let node = UInt64(link.dropFirst(8).dropLast()) { sockets.insert(node) }
            }
        }
        return sockets
    }

    /// The bytes that have arrived at one end of a TCP connection over 127.0.0.1 or ::1, and that
    /// its program has not read; nil if there is no such connection, or the system does not tell.
    ///
    /// - Parameters:
    ///   - local: The port of the end that shall read.
    ///   - remote: The port of its peer.
    ///
    /// Kernel interface: sock_diag(7), or `/proc/net/tcp` and `tcp6` of proc(5).
    public static func unreadBytes(local: Int, remote: Int) -> Int? {
        let count = system_unread_bytes(Int32(clamping: local), Int32(clamping: remote))
        return count < 0 ? nil : Int(count)
    }

    /// The memory that datagrams take that have arrived at a UDP port of this machine, and that its
    /// program has not read; nil if there is no such port. It is 0 only if there is none.
    ///
    /// Files: `/proc/net/udp` and `udp6` of proc(5).
    public static func unreadDatagrams(local: Int) -> Int? {
        SocketTable.unreadDatagrams(at: local)
    }

    /// The number of its processes that run now, with itself and without its keeper.
    public var processCount: Int { processes.count }

    private static var hasProc: Bool { access("/proc/self/stat", R_OK) == 0 }

    /// The child of this process, if it has not been reaped.
    private var livingChild: pid_t? {
        watch.state.look { $0.childIsReaped } ? nil : watch.child
    }

    /// All its processes that run now.
    private var processes: [ListedProcess] {
        guard let child = livingChild else { return [] }
        let table = ProcessTable()
        let own = watch.hasKeeper ? [] : table[child].map { [$0] } ?? []
        return own + table.livingDescendants(of: child)
    }
}

extension InputPipe {
    /// The number by which the kernel knows the pipe, the same at both ends; nil once it is closed.
    ///
    /// System call: `fstat(2)`.
    var node: UInt64? {
        withDescriptor { descriptor in
            var status = stat()
            return fstat(descriptor, &status) == 0 ? UInt64(status.st_ino) : nil
        }
    }
}
