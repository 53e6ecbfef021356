/// Packets from one address to another, each as one record of a capture file.
///
/// Source: RFC 9293 (TCP), RFC 768 (UDP), RFC 791 (IPv4), RFC 8200 (IPv6).
struct Packet: Sendable {
    private let sender: Capture.Address
    private let receiver: Capture.Address

    init(from sender: Capture.Address, to receiver: Capture.Address) {
        // A packet has addresses of one kind.
        let isIPv4 = sender.isIPv4 && receiver.isIPv4
        self.sender = isIPv4 ? sender : sender.mapped
        self.receiver = isIPv4 ? receiver : receiver.mapped
    }

    /// The flags of a TCP segment.
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        static let fin = Flags(rawValue: 0x01)
        static let syn = Flags(rawValue: 0x02)
        static let reset = Flags(rawValue: 0x04)
        static let push = Flags(rawValue: 0x08)
        static let ack = Flags(rawValue: 0x10)
    }

    /// A TCP segment. Its window is the largest there is: nobody here counts how much it leaves.
    func segment(
        _ flags: Flags, _ bytes: ArraySlice<UInt8>, number: UInt32, acknowledged: UInt32,
        at time: Duration
    ) -> [UInt8] {
        let header: [UInt8] =
            sender.port.network + receiver.port.network + number.network + acknowledged.network
            + [0x50, flags.rawValue, 0xFF, 0xFF, 0, 0, 0, 0]
        return record(protocol: 6, header, bytes, checksumAt: 16, at: time)
    }

    /// A UDP datagram.
    func datagram(_ bytes: ArraySlice<UInt8>, at time: Duration) -> [UInt8] {
        let length = UInt16(8 + bytes.count)
        let header = sender.port.network + receiver.port.network + length.network + [0, 0]
        return record(protocol: 17, header, bytes, checksumAt: 6, at: time)
    }

    private func record(
        protocol number: UInt8, _ header: [UInt8], _ bytes: ArraySlice<UInt8>, checksumAt: Int,
        at time: Duration
    ) -> [UInt8] {
        var header = header
        let count = header.count + bytes.count
        // The checksum covers the addresses, too.
        let sum =
            sumOfWords(sender.bytes) + sumOfWords(receiver.bytes) + UInt64(number) + UInt64(count)
            + sumOfWords(header) + sumOfWords(bytes)
        var checksum = checksum(of: sum)
        // In UDP 0 means that there is none, and this stands for the same.
        if number == 17, checksum == 0 { checksum = 0xFFFF }
        header.replaceSubrange(checksumAt..<checksumAt + 2, with: checksum.network)

        let network = sender.isIPv4 ? ipv4Header(number, count) : ipv6Header(number, count)
        let length = UInt32(network.count + count)
        let microseconds = max(time.microseconds, 0)
        var record: [UInt8] = []
        record.reserveCapacity(16 + Int(length))
        record += UInt32(truncatingIfNeeded: microseconds / 1_000_000).network.reversed()
        record += UInt32(microseconds % 1_000_000).network.reversed()
        record += length.network.reversed()
        record += length.network.reversed()
        record += network
        record += header
        record += bytes
        return record
    }

    private func ipv4Header(_ number: UInt8, _ count: Int) -> [UInt8] {
        // 0x40: it may not be cut into fragments, and needs no number for them.
        var header =
            [0x45, 0] + UInt16(20 + count).network + [0, 0, 0x40, 0, 64, number, 0, 0]
            + sender.bytes + receiver.bytes
        header.replaceSubrange(10..<12, with: checksum(of: sumOfWords(header)).network)
        return header
    }

    private func ipv6Header(_ number: UInt8, _ count: Int) -> [UInt8] {
        [0x60, 0, 0, 0] + UInt16(count).network + [number, 64] + sender.bytes + receiver.bytes
    }

    /// The sum of the bytes two by two, as if a zero followed an odd last one.
    private func sumOfWords(_ bytes: some RandomAccessCollection<UInt8>) -> UInt64 {
        var sum: UInt64 = 0
        var isHigh = true
        for byte in bytes {
            sum += isHigh ? UInt64(byte) << 8 : UInt64(byte)
            isHigh.toggle()
        }
        return sum
    }

    private func checksum(of sum: UInt64) -> UInt16 {
        var sum = sum
        while sum > 0xFFFF { sum = (sum >> 16) + (sum & 0xFFFF) }
        return ~UInt16(sum)
    }
}

extension FixedWidthInteger {
    /// The bytes as they go over the network, the most significant first.
    fileprivate var network: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: self >> $0)
        }
    }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
