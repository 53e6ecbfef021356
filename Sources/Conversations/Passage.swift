import Protocol

/// One side of a conversation.
public enum Side: String, Sendable, CaseIterable {
    /// The program that connects, or that sends the first datagram.
    case client
    /// The program that waits for it.
    case server

    /// The side that this one talks to.
    public var other: Side { self == .client ? .server : .client }

    /// The direction of this side's messages, with the client on the left: `→` or `←`.
    public var arrow: String { self == .client ? "→" : "←" }
}

/// A piece of one side's bytes: a message, a part of one, or bytes that are no message.
public struct Passage: Sendable, Equatable {
    /// How many bytes a piece keeps when nothing but the end of the stream ends it.
    static let keptLimit = 65_536

    /// The message for people to read, its control characters escaped. Empty where `fault` says
    /// everything.
    public var words: String
    /// The mistake in it, as in `3 of 8 bytes` or `no line end`.
    public var fault: String?
    /// The bytes as they came. Of a file or of a web page they may be the first 64 KiB only.
    public var bytes: [UInt8]
    /// How many bytes came.
    public var count: Int
    /// Whether the bytes show a password. Then neither they nor anything made of them may be shown.
    public var isSecret = false
    /// Whether the rest of the message may still come. It is told again then, as a whole.
    public var isPart = false
    /// Where the values lie in the bytes; none where the format has no fields.
    public var fields: [Field] = []

    /// Makes a passage of all its bytes.
    public init(_ words: String, fault: String? = nil, _ bytes: [UInt8]) {
        self.words = words
        self.fault = fault
        self.bytes = bytes
        count = bytes.count
    }

    /// The words with the mistake behind them: `"hello" (no line end)`, `(3 of 8 bytes)`.
    public var text: String {
        guard let fault else { return words }
        return words.isEmpty ? "(\(fault))" : "\(words) (\(fault))"
    }

    /// One value's place in a message, or the padding before it.
    public struct Field: Sendable, Equatable {
        /// How the format calls it: `c`, `i`, `padding`, `text`, `line end`.
        public let name: String
        /// Where its bytes lie in the message.
        public let range: Range<Int>
        /// How a value of a binary message is read there.
        private let layout: StructLayout.Field?

        /// Makes a field of the bytes in `range`.
        public init(_ name: String, _ range: Range<Int>) {
            self.init(name, range, layout: nil)
        }

        init(_ name: String, _ range: Range<Int>, layout: StructLayout.Field?) {
            self.name = name
            self.range = range
            self.layout = layout
        }

        /// The value, as Python would print it: `51`, `'<'`.
        ///
        /// - Parameter bytes: All bytes of the message, or of its beginning.
        /// - Returns: `nil` where the bytes are no value, or are missing.
        public func value(in bytes: [UInt8]) -> String? {
            guard let layout, range.upperBound <= bytes.count else { return nil }
            var input = ByteQueue()
            input.append(bytes)
            switch layout.kind {
            case .integer: return "\(layout.integer(in: input))"
            case .floating: return "\(layout.floating(in: input))"
            case .bool: return layout.byte(in: input) == 0 ? "False" : "True"
            case .character, .bytes:
                return "'\(String(decoding: bytes[range], as: UTF8.self).escaped)'"
            }
        }
    }
}

/// Something that happened in a conversation.
public struct Event: Sendable, Equatable {
    /// Which conversation: they count from 1 in the order in which their clients arrived.
    public let connection: Int
    /// When, from the beginning of the conversation.
    public let time: Duration
    /// The kind of event, and its details.
    public let kind: Kind

    /// Makes an event.
    public init(connection: Int, time: Duration, _ kind: Kind) {
        self.connection = connection
        self.time = time
        self.kind = kind
    }

    /// The things that can happen.
    public enum Kind: Sendable, Equatable {
        /// The client has connected. Datagrams have no connection, and begin without this.
        case connects
        /// One `recv` has brought so many bytes of this side's.
        case segment(from: Side, count: Int)
        /// This side has said something. `end` counts its bytes from the beginning, up to the last
        /// one of the passage.
        case says(Side, Passage, end: Int)
        /// The relay damaged a message or bytes of this side: `lost`, `8 bytes as 3 + 5`.
        case damaged(from: Side, String)
        /// The other side can read this side's bytes up to this count now.
        case arrives(from: Side, end: Int)
        /// This side has ended its stream.
        case ends(Side, after: Int)
        /// This side has reset the connection.
        case resets(Side, after: Int)
        /// Something went wrong that neither side has said: nobody listens at the server's port.
        case fails(String)
    }
}
