import Protocol
import Sockets

extension MessageStream {
    /// Waits for the peer's next message: without a limit until it begins, and then for the
    /// timeout, which is for all of it.
    ///
    /// For a server that talks with one peer at a time, or has a thread for each.
    ///
    /// - Returns: `nil` at a clean end, and when the program is to end (`stopDescriptor`). A peer
    ///   that goes without having sent a byte was a port probe, and counts as a clean end.
    /// - Throws: As `receiveWhole()`.
    public func receiveNext() throws -> Format.Incoming? {
        var begun: Instant?
        while true {
            if let message = try nextMessage() { return message }
            if inputEnded { return nil }
            if begun == nil, !input.isEmpty { begun = .now }
            let limit = begun.map { $0 + timeout } ?? .distantFuture
            let deadline = min(limit, pauseEnd ?? .distantFuture)
            let ready = try waitUntilReady(
                socket, for: .reading, orInputAt: stopDescriptor,
                until: deadline == .distantFuture ? nil : deadline)
            if ready.input { return nil }
            if try ready.socket && receiveNoticingProbes() { continue }
            if let message = try messageAtPause() { return message }
            if limit <= .now { throw tooSlow }
        }
    }

    private func receiveNoticingProbes() throws(SocketError) -> Bool {
        do throws(SocketError) {
            return try receiveBytes()
        } catch {
            guard error.isDisconnection, !hasSent else { throw error }
            inputEnded = true
            return true
        }
    }
}
