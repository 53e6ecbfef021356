/// Describes how values lie in a binary message, in the language of Python's `struct` module.
///
/// `c i` is one byte, three of padding and a 32-bit integer. Without a prefix, or after `@`, sizes
/// and alignment are the C compiler's; after `=`, `<`, `>` or `!` they are fixed and unpadded.
///
/// Source: Python's documentation of `struct`, "Format Strings".
public struct StructLayout: Sendable, Equatable {
    /// The greatest size of a message in bytes: more would let a typing error claim all memory.
    public static let sizeLimit = 65_536

    /// The format as it was given.
    public let format: String

    /// How many bytes a message has, Python's `calcsize`.
    public let size: Int

    /// The fields that carry a value, in order; padding is not among them.
    public let fields: [Field]

    /// Whether sizes and alignment are the C compiler's.
    let isNative: Bool

    /// Reads a format string.
    ///
    /// - Parameter format: A prefix or none, then codes with counts, as in `<2i 8s ?`.
    /// - Throws: `StructLayoutError` for an unknown code, a count without a code, or a message
    ///   of more than `sizeLimit` bytes.
    public init(_ format: String) throws(StructLayoutError) {
        var parser = StructFormatParser(format)
        try parser.parse()
        self.format = format
        size = parser.offset
        fields = parser.fields
        isNative = parser.isNative
    }

    /// One value's place in a message. Hot paths read and write it without an allocation.
    public struct Field: Sendable, Equatable {
        /// What a field can hold.
        public enum Kind: Sendable {
            /// An integer of 1 to 8 bytes: `b B h H i I l L q Q`.
            case integer
            /// A number of IEEE 754: `f d`.
            case floating
            /// A truth value: `?`.
            case bool
            /// One byte: `c`.
            case character
            /// A fixed number of bytes: `s`.
            case bytes
        }

        /// The letter in the format.
        public let code: Unicode.Scalar
        /// What the field can hold.
        public let kind: Kind
        /// How many bytes of the message stand before it.
        public let offset: Int
        /// How many bytes it has.
        public let size: Int
        /// Whether an integer may be negative.
        public let isSigned: Bool
        /// Whether the most significant byte comes first.
        public let isBigEndian: Bool
    }
}

/// A value as it goes into a message or comes out of one.
public enum StructValue: Sendable, Equatable {
    /// A whole number, wide enough for every code.
    case integer(Int128)
    /// A number for `f` or `d`.
    case floating(Double)
    /// A truth value for `?`.
    case bool(Bool)
    /// One byte for `c`, any number for `s`.
    case bytes([UInt8])
}

/// A format that cannot be read, or values that do not go with it.
public struct StructLayoutError: Error, Equatable, CustomStringConvertible, Sendable {
    /// What is wrong and what would be right.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) { self.description = description }
}
