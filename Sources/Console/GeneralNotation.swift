import CSystem

/// Writes a number with at most 15 significant digits, without zeros at its end: `0.1`, `1e+20`.
///
/// Every `Double` keeps 15 digits, so `0.1 + 0.2` is shown as `0.3`. Zero has no sign.
///
/// - Parameter number: A finite number.
///
/// C function: `snprintf(3)` with `%.15g`.
public func generalNotation(_ number: Double) -> String {
    // The longest is like -1.23456789012345e-308.
    var buffer = [CChar](repeating: 0, count: 32)
    let length = system_general_notation(number == 0 ? 0 : number, &buffer, buffer.count)
    return String(decoding: buffer.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
}
