/// A line while it is being typed, and the row of the terminal that shows it behind a prompt.
///
/// It uses no terminal itself: it takes keys, and returns the text to send to the terminal. The
/// cursor always stands at the end of the line. If a line is wider than the terminal, only its end
/// is shown: so it has one row, and the program can wipe and redraw this row when it prints
/// something else.
struct LineEditor {
    /// The effects of keys, other than a longer or a shorter line.
    enum Event: Equatable {
        case line(String)
        case end
        case stop
    }

    /// The most bytes of a line; more typed characters are dropped.
    static let longestLine = 65_536

    /// The terminal's width in columns.
    var columns = 80

    /// Stands before the line.
    var prompt: String

    private var text = ""
    private var keys = KeyDecoder()
    /// The text that the row shows; nil if it is not drawn.
    private var row: String?

    /// Begins an empty line; its row is not drawn yet.
    init(prompt: String) { self.prompt = prompt }

    /// Takes typed bytes, and adds to `output` the text that shows them. Bytes after the end of
    /// input are dropped.
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
            // Show the whole line at the end, even if it takes several rows.
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

    /// Draws the row, or its changed part.
    mutating func draw(output: inout String) { show(visible, output: &output) }

    /// Wipes the row, so that something else can be printed in its place.
    mutating func wipe(output: inout String) {
        if row != nil { output += Self.wiping }
        row = nil
    }

    /// Goes to the first column, and erases up to the last.
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
    /// The last column stays free: a character in it would move the cursor to the next row.
    private var visible: String {
        let (whole, fits) = end(columns: columns - 1 - width(prompt))
        return fits ? prompt + whole : "<" + end(columns: columns - 2).text
    }

    /// As many of the line's last characters as fit, and whether these are all.
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
