import CSystem

/// The failure of a system call on a socket: the call, the address, the reason, and some advice.
public struct SocketError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The operations that can fail, by the kernel's names.
    public enum Operation: String, Sendable {
        case socket, bind, listen, accept, connect, send, receive, shutdown, option, select, poll
        case resolve, reverseResolve, signal
    }

    /// The operation that failed.
    public let operation: Operation
    /// The address that it was for, if that is known.
    public let address: SocketAddress?
    /// The name or service looked up, for `resolve`.
    public let name: String?
    /// The call's `errno`; for `resolve` and `reverseResolve` the code of `getaddrinfo(3)`.
    public let code: Int32
    /// How much a receive of several pieces had got, such as `5 bytes` or `1 of 2 bytes`; with
    /// `EMSGSIZE`, the most that it may get.
    let part: String?

    /// Makes the error of a failed call.
    public init(_ operation: Operation, at address: SocketAddress? = nil, code: Int32) {
        self.init(operation, at: address, code: code, part: nil)
    }

    init(_ operation: Operation, at address: SocketAddress?, code: Int32, part: String?) {
        self.operation = operation
        self.address = address
        self.name = nil
        self.code = code
        self.part = part
    }

    /// Makes the error of a call that could not be completed in its time.
    public static func timedOut(_ operation: Operation, at address: SocketAddress?) -> SocketError {
        SocketError(operation, at: address, code: ETIMEDOUT)
    }

    /// Makes the error of a call that was given up because the program is to end.
    public static func canceled(_ operation: Operation, at address: SocketAddress?) -> SocketError {
        SocketError(operation, at: address, code: ECANCELED)
    }

    /// Makes the error of a name that has no address.
    init(resolving name: String?, _ service: String? = nil, code: Int32) {
        self.operation = .resolve
        self.address = nil
        self.name = code == EAI_SERVICE ? service : name ?? service
        self.code = code
        self.part = nil
    }

    /// Whether `code` is one of `getaddrinfo(3)`, not of `errno`.
    private var isLookUp: Bool { operation == .resolve || operation == .reverseResolve }

    /// Whether the time allowed had passed.
    public var isTimeout: Bool { code == ETIMEDOUT && !isLookUp }

    /// Whether nobody listens at the address; for UDP the host has reported its port unreachable.
    public var isRefused: Bool { code == ECONNREFUSED && !isLookUp }

    /// Whether the peer has gone without a goodbye.
    public var isDisconnection: Bool {
        !isLookUp && [ECONNRESET, EPIPE, ENOTCONN].contains(code)
    }

    /// Whether the process, the system or its memory has no room for one more socket.
    public var isOutOfDescriptors: Bool {
        !isLookUp && [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }

    /// The error in one line: the task that failed, the address, the reason, and advice if there is
    /// any.
    public var description: String {
        let task =
            switch operation {
            case .socket: "cannot open a socket"
            case .bind, .listen: "cannot listen on \(target)"
            case .accept: "cannot accept a client"
            case .connect: "cannot connect to \(target)"
            case .send: "cannot send to \(target)"
            case .receive: "cannot receive from \(target)"
            case .shutdown: "cannot shut down the connection to \(target)"
            case .option: "cannot set a socket option"
            case .select, .poll: "cannot wait for sockets"
            case .resolve where code == EAI_SERVICE: "cannot find the service '\(name ?? "")'"
            case .resolve: "cannot find an address for '\(name ?? "")'"
            case .reverseResolve: "cannot find a name for \(address?.host ?? "the address")"
            case .signal: "cannot catch signals"
            }
        let advice = advice.map { "; \($0)" } ?? ""
        return "\(task): \(reason)\(advice)"
    }

    /// Why the call failed, in the system's words, such as `connection refused`.
    public var reason: String {
        if isLookUp { return Self.sentence(gai_strerror(code)) }
        switch (code, part) {
        case (ETIMEDOUT, nil): return "timed out"
        case (ETIMEDOUT, let part?): return "timed out after \(part)"
        case (ENODATA, nil): return "the peer closed the connection before it had sent all"
        case (ENODATA, let part?): return "the peer closed the connection after \(part)"
        case (EMSGSIZE, let limit?): return "it sent more than \(limit)"
        default: return Self.sentence(strerror(code))
        }
    }

    private var target: String { address?.description ?? "the peer" }

    private var advice: String? {
        switch (operation, code) {
        case (.resolve, EAI_SERVICE):
            "check the service's name, or give the port as a number from 0 to 65535"
        case (.resolve, _):
            "check the spelling, or give the address in numbers"
        case (.reverseResolve, _):
            "not every address has a name; check the digits"
        case (.bind, EACCES):
            "ports below 1024 need privileges, choose one from 1024 to 65535"
        case (.bind, EADDRINUSE), (.listen, EADDRINUSE):
            "end the program that has this port, or choose another port (0 lets the system choose)"
        case (.bind, EADDRNOTAVAIL):
            "this machine has no such address, use 127.0.0.1 or 0.0.0.0"
        case (.connect, ECONNREFUSED), (.receive, ECONNREFUSED), (.send, ECONNREFUSED):
            "start the server first, and check the address and the port"
        case (.connect, ETIMEDOUT), (.connect, EHOSTUNREACH), (.connect, ENETUNREACH):
            "check the address, and whether a firewall is in the way"
        case (_, EMFILE), (_, ENFILE):
            "close some connections, or raise the limit with 'ulimit -n'"
        case (_, ECONNRESET), (_, EPIPE):
            "the other program ended, or closed before it had read everything"
        case (.receive, EMSGSIZE) where part == nil:
            "the datagram is longer than this protocol's messages"
        default: nil
        }
    }

    /// The system's text for the middle of a sentence: without a capital.
    private static func sentence(_ text: UnsafePointer<CChar>?) -> String {
        let text = text.map { String(cString: $0) } ?? "unknown error"
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}

extension SocketAddress {
    /// A diagnostic about the peer at this address. The peer's name stands in front of it; without
    /// a name the address does, unless the error tells it already.
    public func line(about error: any Error, from name: String? = nil) -> String {
        if let name { return "\(name): \(error)" }
        return (error as? SocketError)?.address == self ? "\(error)" : "\(self): \(error)"
    }
}
