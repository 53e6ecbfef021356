/// Draws conversations as a ladder: two life lines, and an arrow for each message.
///
/// ```swift
/// var ladder = Ladder()
/// for event in events { ladder.add(event) }
/// file.write(ladder.svg())
/// ```
///
/// The picture is one SVG document with nothing from elsewhere, no script and no names that a page
/// around it could have, so that it may stand in a file or inside HTML. The same events give the
/// same bytes. The programs' words are text in it, never markup.
///
/// If both sides end with nothing in between, the two ends stand on one line: many programs close
/// at the same moment, and chance decides whose end comes first. Only with times they have two lines.
///
/// It keeps the last 10,000 lines, or fewer if those have more than 4 MiB of text, and says how
/// many messages came before them.
public struct Ladder: Sendable {
    /// How many lines are kept, how many characters of a message, and how many bytes of text in
    /// all.
    static let limit = 10_000
    static let wordsLimit = 8_192
    static let textLimit = 4_194_304

    private let title: String?
    private let showsTimes: Bool
    private let knowsArrivals: Bool
    private let names: [String]
    private var rows: [LadderRow] = []
    /// How many of `rows` are dropped, and how many rows were removed before.
    private var dropped = 0
    private var removed = 0
    private var textCount = 0
    private var order = 0
    private var talks: [Int: LadderTalk] = [:]
    /// The messages that are gone with the whole of their conversations.
    private var goneMessages = 0

    /// Makes an empty ladder.
    ///
    /// - Parameters:
    ///   - title: The words above it.
    ///   - showsTimes: Tells the seconds since each conversation began in a margin, and draws long
    ///     waits longer. Two runs then never give the same picture.
    ///   - knowsArrivals: The arrival of everything is told, as a relay tells it, so that a message
    ///     without one is drawn as one that has not arrived. Otherwise each one arrives at once.
    ///   - names: The headings of the conversations, from the first one on. One without a name has
    ///     its number.
    public init(
        title: String? = nil, showsTimes: Bool = false, knowsArrivals: Bool = false,
        names: [String] = []
    ) {
        self.names = names.map(\.drawable)
        self.knowsArrivals = knowsArrivals
        self.title = title?.drawable
        self.showsTimes = showsTimes
    }

    /// Draws one more event. The damage to a message comes after the message.
    public mutating func add(_ event: Event) {
        order += 1
        let number = event.connection
        switch event.kind {
        case .segment(let side, _): talks[number, default: LadderTalk()][side].segments += 1
        case .arrives(let side, let end): arrive(number, from: side, end: end, at: event.time)
        case .connects: append(event, .arrow(.client, .quiet, segment: 0), "connects")
        case .says(let side, let passage, let end):
            let segment = talks[number]?[side].segments ?? 0
            let tone: LadderRow.Tone =
                passage.isPart ? .part : passage.fault == nil ? .plain : .fault
            let bytes = passage.digits(first: 16)
            append(event, .arrow(side, tone, segment: segment), passage.text, bytes)
            let row = removed + rows.count - 1
            // A message that only a pause has ended may have arrived long before.
            if talks[number]?[side].wait(for: row, end: end) == true {
                update(row) { $0.arrival = ($0.order, $0.time) }
            }
        case .damaged(let side, let words):
            append(event, .damage, "\(side.arrow) \(words)")
            if words.hasPrefix("lost"), let row = talks[number]?[side].lastRow {
                update(row) { $0.isLost = true }
            }
        case .ends(let side, let count):
            append(event, .end(side, after: count), "\(side) ends after \(counted(count, "byte"))")
        case .resets(let side, let count):
            append(event, .reset(side), "\(side) resets after \(counted(count, "byte"))")
        case .fails(let why): append(event, .failure, why)
        }
    }

    /// Writes a line of text between the messages of a conversation.
    public mutating func note(_ words: String, connection: Int, at time: Duration = .zero) {
        order += 1
        append(Event(connection: connection, time: time, .fails(words)), .note, words)
    }

    /// The picture of everything so far.
    public func svg() -> String {
        var page = LadderPage(showsTimes: showsTimes, knowsArrivals: knowsArrivals)
        if let title { page.draw(title: title) }
        if goneMessages > 0 {
            page.draw(note: "\(counted(goneMessages, "earlier message")) left out")
        }
        let conversations = Dictionary(grouping: rows[dropped...], by: \.connection)
        for (number, rows) in conversations.sorted(by: { $0.key < $1.key }) {
            let isNamed = names.indices.contains(number - 1)
            page.draw(
                rows, heading: isNamed ? names[number - 1] : "Conversation \(number)",
                leftOut: talks[number]?.leftOut ?? 0)
        }
        if conversations.isEmpty { page.draw(note: "Nothing was said.") }
        return page.document
    }

    private mutating func append(
        _ event: Event, _ kind: LadderRow.Kind, _ text: String,
        _ bytes: (digits: String, rest: String?) = ("", nil)
    ) {
        let kept = text.unicodeScalars.prefix(Self.wordsLimit)
        let words = String(kept).drawable + (kept.endIndex < text.endIndex ? "…" : "")
        rows.append(
            LadderRow(
                connection: event.connection, time: event.time, order: order, kind: kind,
                text: words, digits: bytes.digits, rest: bytes.rest))
        textCount += words.utf8.count
        talks[event.connection, default: LadderTalk()].rowCount += 1
        // A silent conversation may go on, but not so many of them.
        if talks.count > 2 * Self.limit { talks = talks.filter { $0.value.rowCount > 0 } }
        while rows.count - dropped > Self.limit || textCount > Self.textLimit { dropFirst() }
        if dropped > Self.limit {
            rows.removeFirst(dropped)
            removed += dropped
            dropped = 0
        }
    }

    private mutating func dropFirst() {
        let row = rows[dropped]
        textCount -= row.text.utf8.count
        // The array keeps the place for a while, but not the text.
        rows[dropped].text = ""
        dropped += 1
        guard var talk = talks[row.connection] else { return }
        talk.rowCount -= 1
        if row.isMessage { talk.leftOut += 1 }
        if talk.rowCount == 0 {
            goneMessages += talk.leftOut
            talk.leftOut = 0
        }
        talks[row.connection] = talk
    }

    private mutating func arrive(_ number: Int, from side: Side, end: Int, at time: Duration) {
        for row in talks[number, default: LadderTalk()][side].arrivals(upTo: end) {
            let order = order
            update(row) { $0.arrival = (order, time) }
        }
    }

    private mutating func update(_ row: Int, _ change: (inout LadderRow) -> Void) {
        guard row >= removed + dropped else { return }
        change(&rows[row - removed])
    }
}
