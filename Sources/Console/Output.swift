import CSystem
import Synchronization

/// Prints `items` to standard output like Swift's `print`, but at once.
///
/// Swift's own keeps text for a pipe in a buffer, and loses it when a signal ends the program.
/// A reader that has gone ends the program silently with 141; any other failure, like a full
/// disk, ends it with a line on standard error and 1.
///
/// - Parameters:
///   - items: What to print; one call is written whole, also from several threads.
///   - separator: What stands between two items.
///   - terminator: What stands after the last item.
///
/// System call: `write(2)`.
public func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
    let text = items.map { "\($0)" }.joined(separator: separator) + terminator
    write(Array(text.utf8))
}

/// Writes `bytes` untouched to standard output, ending the program like `print` if that fails.
///
/// - Parameter bytes: What to write; an empty array makes no system call.
///
/// System call: `write(2)`.
public func write(_ bytes: [UInt8]) {
    write(bytes[...])
}

/// Writes a part of an array untouched to standard output, ending the program like `print`.
///
/// - Parameter bytes: What to write; an empty slice makes no system call.
///
/// System call: `write(2)`.
public func write(_ bytes: ArraySlice<UInt8>) {
    // The lock keeps a line whole where write(2) takes only part of it at a time.
    let error = standardOutput.withLock { _ in writeAll(bytes, to: STDOUT_FILENO) }
    switch error {
    case 0: return
    case EPIPE, EBADF: end(.outputClosed)
    case let error:
        diagnose("cannot write to standard output: \(reason(of: error))")
        end(.failure)
    }
}

/// Writes `guess-server: text` as one line to standard error, and never fails.
///
/// - Parameter text: What happened, to whom, and what to do about it; no line end.
///
/// System call: `write(2)`.
public func diagnose(_ text: String) {
    let line = "\(currentProgramName): \(text)\n"
    _ = writeAll(Array(line.utf8)[...], to: STDERR_FILENO)
}

private let standardOutput = Mutex<Void>(())

/// Writes all of `bytes`, also to a descriptor that does not block.
///
/// - Returns: 0, or the error number of the failed call.
func writeAll(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
        var written = 0
        while written < buffer.count {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
            let count = CSystem.write(descriptor, rest.baseAddress, rest.count)
            if count >= 0 {
                written += count
                continue
            }
            let error = system_errno()
            switch error {
            case EINTR: continue
            case EAGAIN, EWOULDBLOCK: waitUntil(descriptor, isReadyFor: POLLOUT)
            default: return error
            }
        }
        return 0
    }
}

/// Waits without a limit until reading from or writing to `descriptor` would not block.
///
/// It may return early, on a signal: the caller tries again in any case.
///
/// System call: `poll(2)`.
func waitUntil(_ descriptor: Int32, isReadyFor events: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    _ = poll(&request, 1, -1)
}

/// Returns the system's words for an error number, to stand inside a sentence.
///
/// C function: `strerror(3)`.
func reason(of error: Int32) -> String {
    let text = String(cString: strerror(error))
    // "No space", but "RPC" and the like stay as they are.
    guard let second = text.dropFirst().first, second.isLowercase else { return text }
    return text.prefix(1).lowercased() + text.dropFirst()
}
