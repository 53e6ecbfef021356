/// A capture file, as if somebody had listened between the two programs. Wireshark and tshark open
/// it, and it is whole after every call.
///
/// ```swift
/// file.append(Capture.fileHeader)
/// var stream = Capture.Stream(client: client, server: server)
/// file.append(stream.connect(at: now))
/// file.append(stream.receive(bytes, from: .client, at: now))
/// file.append(stream.end(of: .client, at: now))
/// ```
///
/// A datagram needs no stream: `Capture.datagram(bytes, from: client, to: server, at: now)`.
///
/// Every time is counted from the beginning of 1970. Passwords are in the file as they were sent.
///
/// The packets are made up, since nobody may look at the real ones without privileges; their bytes,
/// addresses, order and times are real.
///
/// Source: draft-ietf-opsawg-pcap; link type 101 (packets begin with the IP header).
public enum Capture {
    /// The beginning of the file: version 2.4, microseconds, the least significant byte first.
    public static let fileHeader: [UInt8] = [
        0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0,
        0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 4, 0,  // a packet has at most 262,144 bytes
        101, 0, 0, 0,
    ]

    /// One datagram. Of one longer than UDP can carry the beginning is written.
    public static func datagram(
        _ bytes: [UInt8], from sender: Address, to receiver: Address, at time: Duration
    ) -> [UInt8] {
        // An IPv4 packet has 65,535 bytes, 28 of them in headers; IPv6 counts without its own.
        let limit = sender.isIPv4 && receiver.isIPv4 ? 65_507 : 65_527
        return Packet(from: sender, to: receiver).datagram(bytes.prefix(limit), at: time)
    }

    /// One connection.
    ///
    /// The other side acknowledges a segment with its next one, or with an empty one before the
    /// same side's next: no reader takes the bytes for lost or sent twice.
    public struct Stream: Sendable {
        /// A packet of either kind of IP has room for so many bytes beside its headers.
        private static let segmentLimit = 65_535 - 40 - 20

        private struct Direction: Sendable {
            /// The number of the byte that this side sends next, and of the one that the other side
            /// has acknowledged all bytes before.
            var next: UInt32 = 0
            var acknowledged: UInt32 = 0
            var isOver = false
        }

        private let toServer: Packet
        private let toClient: Packet
        private var client = Direction()
        private var server = Direction()
        private var isConnected = false

        /// Begins a connection between two addresses.
        public init(client: Address, server: Address) {
            toServer = Packet(from: client, to: server)
            toClient = Packet(from: server, to: client)
        }

        /// The client has connected. A stream that begins otherwise begins with this all the same.
        public mutating func connect(at time: Duration) -> [UInt8] {
            guard !isConnected else { return [] }
            isConnected = true
            // As RFC 9293 has it, from a clock: a client that takes the same port again, even one
            // within the same capture, begins with another number.
            client.next = UInt32(truncatingIfNeeded: time.microseconds / 4)
            server.next = client.next &+ 0x8000_0000
            return segment(.client, .syn, at: time)
                + segment(.server, [.syn, .ack], at: time)
                + segment(.client, .ack, at: time)
        }

        /// A side has sent bytes.
        public mutating func receive(
            _ bytes: [UInt8], from side: Side, at time: Duration
        ) -> [UInt8] {
            guard !self[side].isOver else { return [] }
            var records = connect(at: time)
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Self.segmentLimit)
                rest = rest.dropFirst(piece.count)
                if self[side].acknowledged != self[side].next {
                    records += segment(side.other, .ack, at: time)
                }
                records += segment(side, [.push, .ack], piece, at: time)
            }
            return records
        }

        /// A side has ended its stream; the other one may go on.
        public mutating func end(of side: Side, at time: Duration) -> [UInt8] {
            guard !self[side].isOver else { return [] }
            let connection = connect(at: time)
            self[side].isOver = true
            return connection + segment(side, [.fin, .ack], at: time)
                + segment(side.other, .ack, at: time)
        }

        /// A side has reset the connection. Nothing follows.
        public mutating func reset(by side: Side, at time: Duration) -> [UInt8] {
            guard !client.isOver || !server.isOver else { return [] }
            let connection = connect(at: time)
            client.isOver = true
            server.isOver = true
            return connection + segment(side, [.reset, .ack], at: time)
        }

        private mutating func segment(
            _ side: Side, _ flags: Packet.Flags, _ bytes: ArraySlice<UInt8> = [], at time: Duration
        ) -> [UInt8] {
            let acknowledged = flags.contains(.ack) ? self[side.other].next : 0
            let packet = side == .client ? toServer : toClient
            let record = packet.segment(
                flags, bytes, number: self[side].next, acknowledged: acknowledged, at: time)
            // The beginning and the end of a stream count as a byte each.
            let count = bytes.count + (flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
            self[side].next &+= UInt32(count)
            if flags.contains(.ack) { self[side.other].acknowledged = acknowledged }
            return record
        }

        private subscript(side: Side) -> Direction {
            get { side == .client ? client : server }
            _modify {
                if side == .client { yield &client } else { yield &server }
            }
        }
    }
}
