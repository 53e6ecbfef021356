import CSystem

/// Writes a number with at most 15 significant digits, without zeros at its end: `0.1`, `1e+20`.
///
/// Every `Double` keeps 15 digits, so `0.1 + 0.2` is shown as `0.3`. Zero has no sign.
///
/// - Parameter number: A finite number.
///
/// C function: `snprintf(3)` with `%.15g`.
public func generalNotation(_ number: Double) -> String {
    written { system_general_notation(number == 0 ? 0 : number, $0, $1) }
}

/// Writes a number with so many decimals, zeros included: `0.2500`, `-0.0`.
///
/// - Parameters:
///   - number: A number below 1e20.
///   - decimals: 0 to 30.
///
/// C function: `snprintf(3)` with `%.*f`.
public func fixedNotation(_ number: Double, decimals: Int) -> String {
    written { system_fixed_notation(number, Int32(decimals), $0, $1) }
}

private func written(by write: (UnsafeMutablePointer<CChar>, Int) -> Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        let length = write(start, buffer.count)
        return String(
            decoding: UnsafeRawBufferPointer(start: start, count: Int(length)), as: UTF8.self)
    }
}
