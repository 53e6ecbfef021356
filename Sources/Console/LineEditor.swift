/// A line while it is being typed, and the row of the terminal that shows it behind a prompt.
///
/// It knows no terminal: keys go in, and what the terminal is to be sent comes out. The cursor
/// stands at the end of the line, always. A line longer than the terminal is wide shows its end,
/// so that it has one row, which can be wiped and drawn again around whatever else is printed.
struct LineEditor {
    /// What the keys led to, besides a longer or a shorter line.
    enum Event: Equatable {
        case line(String)
        case end
        case stop
    }

    /// The most bytes of a line; what is typed beyond them is dropped.
    static let longestLine = 65_536

    /// How many columns the terminal has.
    var columns = 80

    /// Stands before the line.
    var prompt: String

    private var text = ""
    private var keys = KeyDecoder()
    /// What the row shows; nil if it is not drawn.
    private var row: String?

    /// Begins an empty line; its row is not drawn yet.
    init(prompt: String) { self.prompt = prompt }

    /// Takes what was typed, and adds to `output` what shows it; what follows the end is dropped.
    mutating func take(_ bytes: some Sequence<UInt8>, output: inout String) -> [Event] {
        var events: [Event] = []
        for byte in bytes where events.last != .end {
            for key in keys.take(byte) {
                if let event = take(key, output: &output) { events.append(event) }
            }
        }
        draw(output: &output)
        return events
    }

    private mutating func take(_ key: Key, output: inout String) -> Event? {
        switch key {
        case .character(let scalar):
            if text.utf8.count < Self.longestLine { text.unicodeScalars.append(scalar) }
        case .backspace:
            if !text.isEmpty { text.removeLast() }
        case .eraseLine: text = ""
        case .eraseWord:
            while text.last == " " { text.removeLast() }
            while let last = text.last, last != " " { text.removeLast() }
        case .enter:
            // All of it, though it may take several rows now.
            show(prompt + shown(text), output: &output)
            output += "\n"
            row = nil
            defer { text = "" }
            return .line(text)
        case .endOfInput: return text.isEmpty ? .end : nil
        case .stop: return .stop
        }
        return nil
    }

    /// Draws the row, or what has changed in it.
    mutating func draw(output: inout String) { show(visible, output: &output) }

    /// Wipes the row, so that something else can be printed in its place.
    mutating func wipe(output: inout String) {
        if row != nil { output += Self.wiping }
        row = nil
    }

    /// To the first column, and erase up to the last.
    private static let wiping = "\r\u{1B}[K"

    private mutating func show(_ new: String, output: inout String) {
        if let row, new.utf8.starts(with: row.utf8) {
            output += String(decoding: new.utf8.dropFirst(row.utf8.count), as: UTF8.self)
        } else {
            output += (row == nil ? "" : Self.wiping) + new
        }
        row = new
    }

    /// The prompt and the line, or its end with a mark before it.
    ///
    /// The last column stays free: with something in it, the cursor would be in the next row.
    private var visible: String {
        let (whole, fits) = end(columns: columns - 1 - width(prompt))
        return fits ? prompt + whole : "<" + end(columns: columns - 2).text
    }

    /// As many of the line's last characters as there is room for, and whether these are all.
    private func end(columns room: Int) -> (text: String, isWhole: Bool) {
        var room = room
        var start = text.endIndex
        while start > text.startIndex {
            let before = text.index(before: start)
            room -= text[before].columns
            if room < 0 { return (shown(String(text[start...])), false) }
            start = before
        }
        return (shown(text), true)
    }

    private func width(_ text: String) -> Int { text.reduce(0) { $0 + $1.columns } }

    /// A tab has no width of its own; one blank stands for it.
    private func shown(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\t" ? " " : $0 }))
    }
}
