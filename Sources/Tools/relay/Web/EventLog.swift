import Protocol

/// The last events, ready to be sent, for any number of readers that are at different places.
///
/// Each event has a number, which is a part of its id. The other part is different in each run
/// of the program, so that a browser that comes back to another run begins anew.
struct EventLog {
    /// How many messages are kept, how many events, and how many bytes of them in all.
    static let messageLimit = 10_000
    private static let limit = 20_000
    private static let byteLimit = 67_108_864

    private struct Entry {
        /// Where it ends in all that was ever written.
        let end: Int
        let isMessage: Bool
    }

    /// The run's part of the ids.
    let run: String
    /// How many messages there have been, and how many of them are kept.
    private(set) var messageCount = 0
    private var keptMessages = 0
    private var bytes = ByteQueue()
    private var entries: [Entry] = []
    /// How many of `entries` are gone, and how many were gone before those.
    private var gone = 0
    private var goneBefore = 0
    /// How many bytes were ever written.
    private(set) var end = 0

    init() { run = String(UInt32.random(in: .min ... .max), radix: 36) }

    /// The number of the first event that is kept, and of the next one that comes.
    var first: Int { goneBefore + gone }
    var next: Int { goneBefore + entries.count }

    /// How many messages were kept once and are not any more.
    var olderMessages: Int { messageCount - keptMessages }

    /// Adds an event at the end, and forgets the oldest ones.
    ///
    /// - Parameter json: Makes its text, from the number of messages so far.
    mutating func append(isMessage: Bool, _ json: (Int) -> String) {
        if isMessage {
            messageCount += 1
            keptMessages += 1
        }
        let text = "id: \(run)-\(next)\ndata: \(json(messageCount))\n\n"
        bytes.append(text.utf8)
        end += text.utf8.count
        entries.append(Entry(end: end, isMessage: isMessage))
        while keptMessages > Self.messageLimit || entries.count - gone > Self.limit
            || bytes.count > Self.byteLimit
        {
            forgetFirst()
        }
    }

    private mutating func forgetFirst() {
        let entry = entries[gone]
        bytes.removeFirst(entry.end - (end - bytes.count))
        if entry.isMessage { keptMessages -= 1 }
        gone += 1
        // Moved now and then only, so that each event costs the same.
        if gone > 4_096, gone > entries.count / 2 {
            entries.removeSubrange(..<gone)
            goneBefore += gone
            gone = 0
        }
    }

    /// Where a reader goes on that has had the event of `id`.
    func place(after id: String?) -> Int {
        let parts = (id ?? "").split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == run, let number = Int(parts[1]), number >= 0,
            number < next
        else { return first }
        return max(number + 1, first)
    }

    /// Where the event of this number begins in all that was ever written.
    func offset(of number: Int) -> Int {
        number <= first ? end - bytes.count : entries[number - goneBefore - 1].end
    }

    /// The events from a place on, whole, up to about `limit` bytes but one at least.
    ///
    /// - Parameter place: Moves behind them. It may be that of an event that is gone.
    func take(from place: inout Int, upTo limit: Int) -> [UInt8] {
        place = max(place, first)
        let start = offset(of: place)
        var stop = place
        while stop < next, stop == place || offset(of: stop + 1) - start <= limit { stop += 1 }
        place = stop
        let beginning = end - bytes.count
        return Array(
            bytes.bytes.dropFirst(start - beginning).prefix(offset(of: stop) - start))
    }
}
