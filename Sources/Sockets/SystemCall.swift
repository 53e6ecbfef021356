import CSystem

/// Makes a system call, and repeats it as long as signals interrupt it (`EINTR`).
///
/// It reads `errno` before anything else can change it. Only `connect(2)`, which must not be
/// repeated, and name look-ups do so for themselves.
///
/// - Returns: The call's result, or `nil` if the call would have to wait (`EAGAIN`).
/// - Throws: `SocketError` with the errno of any other failure.
func systemCall<Result: BinaryInteger>(
    _ operation: SocketError.Operation, at address: @autoclosure () -> SocketAddress? = nil,
    _ call: () -> Result
) throws(SocketError) -> Result? {
    while true {
        let result = call()
        if result >= 0 { return result }
        let code = system_errno()
        switch code {
        case EINTR: continue
        case EAGAIN, EWOULDBLOCK: return nil
        default: throw SocketError(operation, at: address(), code: code)
        }
    }
}
