/// Reads a format string into fields and offsets, letter by letter as Python does.
struct StructFormatParser {
    private let format: String
    private var order = ByteOrder.native
    private(set) var offset = 0
    private(set) var fields: [StructLayout.Field] = []

    var isNative: Bool { order == .native }

    private enum ByteOrder { case native, standard, little, big }

    init(_ format: String) { self.format = format }

    mutating func parse() throws(StructLayoutError) {
        var rest = format.unicodeScalars[...]
        takePrefix(&rest)
        while let scalar = rest.first {
            if Self.isBlank(scalar) {
                rest.removeFirst()
                continue
            }
            let count = Self.takeCount(&rest)
            // As in Python, no blank may stand between a count and its code.
            guard let code = rest.popFirst(), count == nil || !Self.isBlank(code) else {
                throw StructLayoutError(
                    "a count in layout '\(format.escaped)' has no code right after it; "
                        + "write it like 4s")
            }
            try add(code, count: count ?? 1)
        }
    }

    private mutating func takePrefix(_ rest: inout Substring.UnicodeScalarView) {
        switch rest.first {
        case "@": order = .native
        case "=": order = .standard
        case "<": order = .little
        case ">", "!": order = .big
        default: return
        }
        rest.removeFirst()
    }

    /// Takes the digits at the front. A count above the size limit becomes the limit plus one: it
    /// is refused anyway, since every code has at least one byte.
    private static func takeCount(_ rest: inout Substring.UnicodeScalarView) -> Int? {
        var count: Int?
        while let digit = rest.first, ("0"..."9").contains(digit) {
            let value = (count ?? 0) * 10 + Int(digit.value - 48)
            count = min(value, StructLayout.sizeLimit + 1)
            rest.removeFirst()
        }
        return count
    }

    private mutating func add(
        _ code: Unicode.Scalar, count: Int
    ) throws(StructLayoutError) {
        guard let shape = Self.shape(of: code, native: isNative) else {
            throw unknown(code)
        }
        // A count of zero adds nothing, but `0i` still aligns: it stands for C's padding at the
        // end.
        if isNative { offset = (offset + shape.size - 1) / shape.size * shape.size }
        guard offset + count * shape.size <= StructLayout.sizeLimit else {
            throw StructLayoutError(
                "layout '\(format.escaped)' has more than \(StructLayout.sizeLimit) bytes; "
                    + "use a smaller count")
        }
        switch code {
        case "x": offset += count
        case "s": addField(code, shape, size: count)
        default: for _ in 0..<count { addField(code, shape, size: shape.size) }
        }
    }

    private mutating func addField(_ code: Unicode.Scalar, _ shape: Shape, size: Int) {
        let machineIsBigEndian = 1.bigEndian == 1
        fields.append(
            StructLayout.Field(
                code: code, kind: shape.kind, offset: offset, size: size, isSigned: shape.isSigned,
                isBigEndian: order == .big || order != .little && machineIsBigEndian))
        offset += size
    }

    private func unknown(_ code: Unicode.Scalar) -> StructLayoutError {
        if "@=<>!".unicodeScalars.contains(code) {
            return StructLayoutError(
                "'\(code)' may stand only at the beginning of layout '\(format.escaped)'")
        }
        return StructLayoutError(
            "unknown code '\(String(code).escaped)' in layout '\(format.escaped)'; "
                + "codes are x c b B ? h H i I l L q Q f d s")
    }

    private struct Shape {
        let kind: StructLayout.Field.Kind
        let size: Int
        var isSigned = false
    }

    private static func shape(of code: Unicode.Scalar, native: Bool) -> Shape? {
        switch code {
        case "x", "s": Shape(kind: .bytes, size: 1)
        case "c": Shape(kind: .character, size: 1)
        case "?": Shape(kind: .bool, size: 1)
        case "b": Shape(kind: .integer, size: 1, isSigned: true)
        case "B": Shape(kind: .integer, size: 1)
        case "h": Shape(kind: .integer, size: 2, isSigned: true)
        case "H": Shape(kind: .integer, size: 2)
        case "i": Shape(kind: .integer, size: 4, isSigned: true)
        case "I": Shape(kind: .integer, size: 4)
        // Only this size differs: C's long has 8 bytes on the systems of this package.
        case "l": Shape(kind: .integer, size: native ? 8 : 4, isSigned: true)
        case "L": Shape(kind: .integer, size: native ? 8 : 4)
        case "q": Shape(kind: .integer, size: 8, isSigned: true)
        case "Q": Shape(kind: .integer, size: 8)
        case "f": Shape(kind: .floating, size: 4)
        case "d": Shape(kind: .floating, size: 8)
        default: nil
        }
    }

    /// The six characters that C's `isspace` knows.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || (9...13).contains(scalar.value)
    }
}
