import CSystem

/// The kinds of files that a name can stand for.
enum FileKind {
    case regular, folder, link, other

    init(_ status: stat) {
        switch mode_t(status.st_mode) & mode_t(S_IFMT) {
        case mode_t(S_IFREG): self = .regular
        case mode_t(S_IFDIR): self = .folder
        case mode_t(S_IFLNK): self = .link
        default: self = .other
        }
    }
}

/// Repeats a call while signals interrupt it.
///
/// - Returns: The call's result, and the error number if the result is negative.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> (result: Result, error: Int32) {
    while true {
        let result = call()
        guard result < 0 else { return (result, 0) }
        let error = system_errno()
        if error != EINTR { return (result, error) }
    }
}
