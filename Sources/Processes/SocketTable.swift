import CSystem

/// The sockets of the machine, as the kernel lists them.
///
/// Files: `/proc/net/tcp`, `tcp6`, `udp` and `udp6` of proc(5).
enum SocketTable {
    struct Entry {
        let isDatagram: Bool
        let isListening: Bool
        let host: String
        let localPort: Int
        let remotePort: Int
        let unread: Int
        let node: Int
    }

    static func all() -> [Entry] {
        connections() + read("udp", isDatagram: true) + read("udp6", isDatagram: true)
    }

    static func connections() -> [Entry] {
        read("tcp", isDatagram: false) + read("tcp6", isDatagram: false)
    }

    private static func read(_ name: String, isDatagram: Bool) -> [Entry] {
        let lines = (SystemFile.read("/proc/net/\(name)") ?? "").split(separator: "\n")
        return lines.dropFirst().compactMap { entry($0, isDatagram) }
    }

    /// Reads a line such as `0: 0100007F:07E8 00000000:0000 0A 00000000:00000000 ...`: number, two
    /// addresses, state, the lengths of both queues; the number of the socket is field 10.
    private static func entry(_ line: Substring, _ isDatagram: Bool) -> Entry? {
        let fields = line.split(separator: " ")
        guard fields.count > 9, let local = address(fields[1]), let remote = address(fields[2]),
            let queue = fields[4].split(separator: ":").last.flatMap({ Int($0, radix: 16) }),
            let node = Int(fields[9])
        else { return nil }
        return Entry(
            isDatagram: isDatagram, isListening: fields[3] == "0A", host: host(local.bytes),
            localPort: local.port, remotePort: remote.port, unread: queue, node: node)
    }

    private static func address(_ field: Substring) -> (bytes: [UInt8], port: Int)? {
        let parts = field.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1], radix: 16) else { return nil }
        var bytes: [UInt8] = []
        var rest = parts[0]
        while !rest.isEmpty {
            // The kernel prints each word of the address as a number.
            guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
            withUnsafeBytes(of: word) { bytes += Array($0) }
            rest = rest.dropFirst(8)
        }
        return (bytes, port)
    }

    private static func host(_ bytes: [UInt8]) -> String {
        var text = [CChar](repeating: 0, count: 64)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        return bytes.withUnsafeBytes { source in
            guard inet_ntop(family, source.baseAddress, &text, socklen_t(text.count)) != nil
            else { return "?" }
            return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        }
    }
}
