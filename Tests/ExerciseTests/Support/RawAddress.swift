import Foundation

/// An address as `sockaddr_storage`; all casts for the calls are here.
struct RawAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Makes room for an address that a call fills in.
    init() {}

    /// Reads a numeric IPv4 or IPv6 address.
    ///
    /// - Parameter port: 0 to 65535.
    init(_ address: String, port: Int) throws(RawSocketError) {
        var result: UnsafeMutablePointer<addrinfo>?
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        guard getaddrinfo(address, "\(port)", &hints, &result) == 0, let result else {
            throw RawSocketError("getaddrinfo", because: "\(address) port \(port) is no address")
        }
        defer { freeaddrinfo(result) }
        length = result.pointee.ai_addrlen
        withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.copyMemory(
                from: UnsafeRawBufferPointer(start: result.pointee.ai_addr, count: Int(length)))
        }
    }

    /// The address family: `AF_INET` or `AF_INET6`.
    var family: Int32 { Int32(storage.ss_family) }

    /// The port: it stands at the same place in both families.
    var port: Int {
        withUnsafeBytes(of: storage) { Int($0[2]) << 8 | Int($0[3]) }
    }

    /// Passes the address to a call that reads it.
    func read<Value>(_ call: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, length) }
        }
    }

    /// Passes the address to a call that writes it.
    mutating func fill<Value>(
        _ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Value
    ) -> Value {
        withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &length) }
        }
    }
}
