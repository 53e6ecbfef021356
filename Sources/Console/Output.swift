import CSystem
import Synchronization

/// Prints `items` to standard output like Swift's `print`, but at once.
///
/// Swift's own `print` keeps text for a pipe in a buffer, and loses it when a signal ends the
/// program. If the reader has gone, the program ends silently with 141; any other failure, such as
/// a full disk, ends it with a line on standard error and 1. A reader that does not read holds the
/// program up; but a server that is told to stop, and ends in good order, stops waiting for it.
///
/// - Parameters:
///   - items: The values to print. The text of one call is written whole, even if several threads
///     print.
///   - separator: The text between two items.
///   - terminator: The text after the last item.
///
/// System call: `write(2)`.
public func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
    let text = items.map { "\($0)" }.joined(separator: separator) + terminator
    write(Array(text.utf8))
}

/// Writes `bytes` unchanged to standard output; a failure ends the program as in `print`.
///
/// - Parameter bytes: The bytes to write; an empty array makes no system call.
///
/// System call: `write(2)`.
public func write(_ bytes: [UInt8]) {
    write(bytes[...])
}

/// Writes a part of an array unchanged to standard output; a failure ends the program as in
/// `print`.
///
/// - Parameter bytes: The bytes to write; an empty slice makes no system call.
///
/// System call: `write(2)`.
public func write(_ bytes: ArraySlice<UInt8>) {
    // The lock keeps a line whole where write(2) takes only part of it at a time.
    let error = standardOutput.withLock { $0.write(bytes) }
    switch error {
    case 0: return
    case EPIPE, EBADF: end(.outputClosed)
    case let error:
        diagnose("cannot write to standard output: \(reason(of: error))")
        end(.failure)
    }
}

/// Whether standard output is a terminal, where control characters do harm.
///
/// C function: `isatty(3)`.
public var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

private let standardOutput = Mutex(StandardOutput())

/// Standard output. It waits for its reader, but not when the program is told to stop.
private struct StandardOutput {
    /// The reader has taken nothing since the program was told to stop, so it gets nothing more.
    private var isGivenUp = false

    /// Writes all of `bytes`, or as much as the reader takes until the program has to stop.
    ///
    /// - Returns: 0, or the error number of the failed call.
    mutating func write(_ bytes: ArraySlice<UInt8>) -> Int32 {
        let stop = system_stop_descriptor()
        // In other programs a signal ends the process, even while it waits.
        guard stop >= 0 else { return writeAll(bytes, to: STDOUT_FILENO) }
        var rest = bytes
        while !rest.isEmpty {
            guard waitForRoom(orStopAt: stop) else { return 0 }
            let error = writeAtOnce(&rest, to: STDOUT_FILENO)
            if error != 0 { return error }
        }
        return 0
    }

    private mutating func waitForRoom(orStopAt stop: Int32) -> Bool {
        guard !isGivenUp else { return false }
        var watched = [
            pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&watched, 2, -1) <= 0 {}
        if watched[0].revents != 0 { return true }
        // Wait a little, so that a slow reader gets the last lines, too.
        isGivenUp = !isReady(STDOUT_FILENO, for: POLLOUT, within: 250)
        return !isGivenUp
    }
}

/// Writes the first of `bytes` to a descriptor that is ready, and drops them from the front.
///
/// A pipe that is ready takes `PIPE_BUF` bytes without a wait. So it need not be non-blocking, a
/// setting that would disturb other programs that write to it.
///
/// - Returns: 0, or the error number of the failed call.
func writeAtOnce(_ bytes: inout ArraySlice<UInt8>, to descriptor: Int32) -> Int32 {
    let count = bytes.prefix(Int(PIPE_BUF)).withUnsafeBytes {
        CSystem.write(descriptor, $0.baseAddress, $0.count)
    }
    if count >= 0 {
        bytes = bytes.dropFirst(count)
        return 0
    }
    let error = system_errno()
    return [EINTR, EAGAIN, EWOULDBLOCK].contains(error) ? 0 : error
}

/// Whether a descriptor is ready, now or within the given milliseconds.
///
/// - Parameter events: `POLLIN` or `POLLOUT`.
///
/// System call: `poll(2)`.
func isReady(_ descriptor: Int32, for events: Int32, within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return poll(&request, 1, milliseconds) > 0
}

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
/// It may return early, on a signal: the caller has to try again anyway.
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
