extension StructLayout {
    /// Turns values into the bytes of one message; padding is zero.
    ///
    /// - Parameter values: One value for each field. As in Python, a whole number may stand for a
    ///   floating one, and any value for a truth value; bytes for `s` are cut or filled up.
    /// - Throws: `StructLayoutError` if the number, a type or the size of the values is wrong.
    public func pack(_ values: [StructValue]) throws(StructLayoutError) -> [UInt8] {
        guard values.count == fields.count else {
            throw StructLayoutError(
                "layout '\(format.escaped)' takes \(fields.count) values, not \(values.count)")
        }
        var message = [UInt8](repeating: 0, count: size)
        for index in values.indices {
            try write(values[index], as: fields[index], into: &message)
        }
        return message
    }

    /// Turns the bytes of one message into values.
    ///
    /// - Throws: `StructLayoutError` if there are not exactly `size` bytes. All bytes are possible
    ///   values.
    public func unpack(_ bytes: [UInt8]) throws(StructLayoutError) -> [StructValue] {
        guard bytes.count == size else {
            throw StructLayoutError(
                "layout '\(format.escaped)' takes \(size) bytes, not \(bytes.count)")
        }
        var input = ByteQueue()
        input.append(bytes)
        return fields.map { $0.value(in: input) }
    }

    /// Writes `value` as `field` into `message`, which has this layout.
    ///
    /// - Throws: `StructLayoutError` if the value has the wrong type or is too great.
    func write(
        _ value: StructValue, as field: Field, into message: inout [UInt8], at start: Int = 0
    ) throws(StructLayoutError) {
        switch field.kind {
        case .integer:
            let integer = try field.integer(from: value)
            field.writeBits(UInt64(truncatingIfNeeded: integer), into: &message, at: start)
        case .floating:
            let bits = try floatingBits(of: value, as: field)
            field.writeBits(bits, into: &message, at: start)
        case .bool:
            field.write(byte: value.isTrue ? 1 : 0, into: &message, at: start)
        case .character, .bytes:
            guard case .bytes(let bytes) = value else { throw field.mismatch(value, "bytes") }
            guard field.kind == .bytes || bytes.count == 1 else {
                throw StructLayoutError("'c' takes exactly one byte, not \(bytes.count)")
            }
            for (index, byte) in bytes.prefix(field.size).enumerated() {
                message[start + field.offset + index] = byte
            }
        }
    }

    private func floatingBits(
        of value: StructValue, as field: Field
    ) throws(StructLayoutError) -> UInt64 {
        let number: Double
        switch value {
        case .floating(let floating): number = floating
        case .integer(let integer): number = Double(integer)
        case .bool(let bool): number = bool ? 1 : 0
        case .bytes: throw field.mismatch(value, "a number")
        }
        guard field.size == 4 else { return number.bitPattern }
        let float = Float(number)
        // Python checks this only after a prefix; without one, a `float` silently becomes infinite,
        // as in C.
        if float.isInfinite, number.isFinite, !isNative {
            throw StructLayoutError("\(number) is too great for 'f'; 'd' holds it")
        }
        return UInt64(float.bitPattern)
    }
}

extension StructLayout.Field {
    /// Reads the field in a message at the front of `input`.
    func value(in input: borrowing ByteQueue) -> StructValue {
        switch kind {
        case .integer: .integer(integer(in: input))
        case .floating: .floating(floating(in: input))
        case .bool: .bool(byte(in: input) != 0)
        case .character, .bytes: .bytes([UInt8](input.bytes.dropFirst(offset).prefix(size)))
        }
    }

    /// The integer in `value`, if it fits.
    func integer(from value: StructValue) throws(StructLayoutError) -> Int128 {
        let integer: Int128
        switch value {
        case .integer(let whole): integer = whole
        case .bool(let bool): integer = bool ? 1 : 0
        case .floating, .bytes: throw mismatch(value, "an integer")
        }
        guard range.contains(integer) else {
            throw StructLayoutError(
                "\(integer) does not fit '\(code)', which holds "
                    + "\(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    fileprivate func mismatch(_ value: StructValue, _ expected: String) -> StructLayoutError {
        StructLayoutError("'\(code)' takes \(expected), not \(value.typeName)")
    }
}

extension StructValue {
    /// The value of Python's `bool()`.
    fileprivate var isTrue: Bool {
        switch self {
        case .integer(let integer): integer != 0
        case .floating(let floating): floating != 0
        case .bool(let bool): bool
        case .bytes(let bytes): !bytes.isEmpty
        }
    }

    fileprivate var typeName: String {
        switch self {
        case .integer: "an integer"
        case .floating: "a floating number"
        case .bool: "a truth value"
        case .bytes: "bytes"
        }
    }
}
