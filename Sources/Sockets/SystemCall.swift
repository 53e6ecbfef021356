import CSystem

/// Makes a system call, again as long as a signal interrupts it.
///
/// The one place that retries `EINTR` and reads `errno`, before anything else can change it.
///
/// - Returns: The call's result, or `nil` if it would have to wait (`EAGAIN`).
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
