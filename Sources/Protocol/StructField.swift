extension StructLayout.Field {
    /// Whether the field is one byte that may hold a character: `c` or `1s`.
    public var holdsCharacter: Bool { kind == .character || kind == .bytes && size == 1 }

    /// Whether the field holds a number, whole or floating.
    public var holdsNumber: Bool { kind == .integer || kind == .floating }

    /// Whether the field is a C `int` of this kind of machine, little-endian.
    var isInt32: Bool { kind == .integer && size == 4 && isSigned && !isBigEndian }

    /// The integers that an integer field can hold.
    public var range: ClosedRange<Int128> {
        let bits = size * 8
        return isSigned
            ? -(Int128(1) << (bits - 1))...(Int128(1) << (bits - 1)) - 1
            : 0...(Int128(1) << bits) - 1
    }

    /// Reads the field's first byte in a message that begins `start` bytes into `input`.
    public func byte(in input: borrowing ByteQueue, from start: Int = 0) -> UInt8 {
        input[start + offset]
    }

    /// Reads an integer field with a small number, such as a number to be guessed.
    ///
    /// - Returns: The number; `Int.max` for an unsigned number beyond it.
    public func int(in input: borrowing ByteQueue, from start: Int = 0) -> Int {
        int(ofBits: bits(in: input, from: start))
    }

    func int(ofBits bits: UInt64) -> Int {
        guard isSigned else { return Int(clamping: bits) }
        let unused = 64 - size &* 8
        return Int(Int64(bitPattern: bits &<< unused) &>> unused)
    }

    /// Reads an integer field.
    public func integer(in input: borrowing ByteQueue, from start: Int = 0) -> Int128 {
        isSigned ? Int128(int(in: input, from: start)) : Int128(bits(in: input, from: start))
    }

    /// Reads a floating field. A `float` becomes the `Double` of the same value.
    public func floating(in input: borrowing ByteQueue, from start: Int = 0) -> Double {
        let bits = bits(in: input, from: start)
        return size == 4
            ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
            : Double(bitPattern: bits)
    }

    /// Reads the bytes of a number, and puts them into the machine's order.
    func bits(in input: borrowing ByteQueue, from start: Int) -> UInt64 {
        precondition(start >= 0 && start <= input.count - offset - size, "beyond the queue's end")
        return input.withBytes { bits(in: $0, from: start) }
    }

    /// Reads the bytes of a number from `bytes`; all of them must be there.
    func bits(in bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
        // Most fields have four bytes, and a game's server reads millions of them.
        if size == 4 {
            let word = bytes.loadUnaligned(fromByteOffset: start &+ offset, as: UInt32.self)
            return UInt64(isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word))
        }
        var bits: UInt64 = 0
        for index in 0..<size {
            let distance = isBigEndian ? index : size &- 1 &- index
            bits = bits &<< 8 | UInt64(bytes[start &+ offset &+ distance])
        }
        return bits
    }

    /// Writes `integer` into a message that begins at index `start` of `output`.
    ///
    /// It writes only the field's bytes, so a number that does not fit loses its upper bytes.
    /// `range` tells whether it fits.
    public func write(_ integer: Int64, into output: inout [UInt8], at start: Int) {
        writeBits(UInt64(bitPattern: integer), into: &output, at: start)
    }

    /// Writes one byte into a message that begins at index `start` of `output`.
    public func write(byte: UInt8, into output: inout [UInt8], at start: Int) {
        output[start + offset] = byte
    }

    func writeBits(_ bits: UInt64, into output: inout [UInt8], at start: Int) {
        var rest = bits
        for index in 0..<size {
            let distance = isBigEndian ? size &- 1 &- index : index
            output[start &+ offset &+ distance] = UInt8(truncatingIfNeeded: rest)
            rest &>>= 8
        }
    }
}
