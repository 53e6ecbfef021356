import CSystem

/// The name of the user that runs this program, as the system knows it.
///
/// - Returns: `user` if the system knows none.
///
/// C function: `getpwuid(3)`.
public func userName() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "user" }
    return String(cString: name)
}
