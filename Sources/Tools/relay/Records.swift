import Console
import Conversations
import Files
import Sockets

/// The files that were asked for: a ladder, and a capture.
///
/// Both are written beside their targets and put in place at the end, so that a file that is there
/// is whole. A target that is a pipe gets each packet of the capture at once.
final class Records {
    private var ladder: (picture: Ladder, file: ReplacementFile)?
    private var capture: ReplacementFile?
    private var streams: [Int: Capture.Stream] = [:]
    private let clock = WallClock()
    /// The failure of the capture; the relay goes on, and tells of it at its end.
    private var failure: FileError?

    /// Opens the files.
    ///
    /// - Parameter showsTimes: The ladder has the time of each message.
    /// - Throws: `FileError` for one that cannot be written.
    init(ladder ladderPath: String?, capture capturePath: String?, showsTimes: Bool) throws {
        if let ladderPath {
            ladder = (
                Ladder(showsTimes: showsTimes, knowsArrivals: true), try ReplacementFile(ladderPath)
            )
        }
        if let capturePath {
            capture = try ReplacementFile(capturePath)
            write(Capture.fileHeader)
        }
    }

    /// Draws an event.
    func add(_ event: Event) { ladder?.picture.add(event) }

    /// Puts the files in their places.
    ///
    /// - Throws: `FileError` for the first that could not be written whole.
    func finish() throws {
        if let (picture, file) = ladder {
            try file.write(Array(picture.svg().utf8))
            try file.commit()
        }
        if let failure { throw failure }
        try capture?.commit()
    }

    // MARK: The packets of a capture

    func connect(_ number: Int, from client: SocketAddress, to server: SocketAddress) {
        guard capture != nil, let client = client.captured, let server = server.captured else {
            return
        }
        streams[number] = Capture.Stream(client: client, server: server)
        record(number) { $0.connect(at: $1) }
    }

    func receive(_ bytes: [UInt8], from side: Side, of number: Int) {
        record(number) { $0.receive(bytes, from: side, at: $1) }
    }

    func end(of side: Side, of number: Int) { record(number) { $0.end(of: side, at: $1) } }

    func reset(by side: Side, of number: Int) { record(number) { $0.reset(by: side, at: $1) } }

    func close(_ number: Int) { streams[number] = nil }

    func datagram(_ bytes: [UInt8], from sender: SocketAddress, to receiver: SocketAddress) {
        guard capture != nil, let sender = sender.captured, let receiver = receiver.captured else {
            return
        }
        write(Capture.datagram(bytes, from: sender, to: receiver, at: clock.sinceEpoch))
    }

    private func record(_ number: Int, _ packets: (inout Capture.Stream, Duration) -> [UInt8]) {
        guard var stream = streams.removeValue(forKey: number) else { return }
        write(packets(&stream, clock.sinceEpoch))
        streams[number] = stream
    }

    private func write(_ packets: [UInt8]) {
        guard let capture else { return }
        do {
            try capture.write(packets)
        } catch {
            failure = error
            self.capture = nil
        }
    }
}

extension SocketAddress {
    fileprivate var captured: Capture.Address? { Capture.Address(bytes: bytes, port: port) }
}
