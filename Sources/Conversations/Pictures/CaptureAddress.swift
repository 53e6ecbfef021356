extension Capture {
    /// Where one of the programs is.
    public struct Address: Sendable, Hashable {
        /// Four bytes, or sixteen.
        let bytes: [UInt8]
        let port: UInt16

        var isIPv4: Bool { bytes.count == 4 }

        /// Makes an address of the bytes of an IP address, the first one first.
        ///
        /// IPv6 writes IPv4 addresses as `::ffff:127.0.0.1`, since one socket may serve both; in a
        /// capture such an address is an IPv4 one.
        public init?(bytes: [UInt8], port: Int) {
            guard let port = UInt16(exactly: port), [4, 16].contains(bytes.count) else {
                return nil
            }
            let isMapped = bytes.count == 16 && bytes.starts(with: Self.mappedPrefix)
            self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
            self.port = port
        }

        /// Sixteen bytes, of an IPv4 address too.
        var mapped: Address {
            guard isIPv4 else { return self }
            return Address(unchecked: Self.mappedPrefix + bytes, port: port)
        }

        private init(unchecked bytes: [UInt8], port: UInt16) {
            self.bytes = bytes
            self.port = port
        }

        private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    }
}
