/// The layout of a binary message, in the language of Python's `struct` module.
///
/// `c i` is one byte, three of padding and a 32-bit integer. Without a prefix, or after `@`, sizes
/// and alignment are the C compiler's; after `=`, `<`, `>` or `!` they are fixed and unpadded.
///
/// Source: Python's documentation of `struct`, "Format Strings".
public struct StructLayout: Sendable, Equatable {
    /// The greatest size of a message in bytes. Without a limit a typing error could take all
    /// memory.
    public static let sizeLimit = 65_536

    /// The format as it was given.
    public let format: String

    /// The number of bytes of a message, Python's `calcsize`.
    public let size: Int

    /// The fields with a value, in order; without padding.
    public let fields: [Field]

    /// Whether sizes and alignment are the C compiler's.
    let isNative: Bool

    /// Reads a format string.
    ///
    /// - Parameter format: Codes with counts, perhaps after a prefix, as in `<2i 8s ?`.
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
        /// The kinds of values.
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
        /// The kind of the value.
        public let kind: Kind
        /// The number of bytes before it in the message.
        public let offset: Int
        /// The number of its bytes.
        public let size: Int
        /// Whether an integer may be negative.
        public let isSigned: Bool
        /// Whether the most significant byte comes first.
        public let isBigEndian: Bool
    }
}

/// A value in a message.
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

/// An error in a format, or in values that do not fit it.
public struct StructLayoutError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The error, and the right form.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) { self.description = description }
}
