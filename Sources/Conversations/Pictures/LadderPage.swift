/// Gives every line of a ladder its place, from the top down.
struct LadderPage {
    /// Wide enough for 16 bytes, narrow enough for a telephone.
    private static let width = 360
    static let columns = 43
    static let digitColumns = 47
    private static let longestArrow = 400

    let showsTimes: Bool
    let knowsArrivals: Bool
    /// Where the life lines stand.
    let left: Int
    let right: Int
    var canvas = SVG()
    var y = 8
    private var lastTime: Duration = .zero

    init(showsTimes: Bool, knowsArrivals: Bool) {
        self.showsTimes = showsTimes
        self.knowsArrivals = knowsArrivals
        left = showsTimes ? 68 : 14
        right = left + Self.width - 28
    }

    var document: String { canvas.document(width: right + 14, height: y + 8) }

    mutating func draw(title: String) {
        for line in title.wrapped(to: Self.columns - 6, lines: 2) {
            y += 18
            canvas.text(line, left - 6, y, .start, "title")
        }
        y += 6
    }

    mutating func draw(note: String) {
        y += 16
        canvas.text(note, left - 6, y, .start, "note")
        y += 4
    }

    mutating func draw(_ rows: [LadderRow], heading: String, leftOut: Int) {
        y += 18
        let name = heading.wrapped(to: Self.columns - 16, lines: 1).first ?? ""
        canvas.text(name, (left + right) / 2, y, .middle, "heading")
        canvas.text("client", left - 6, y, .start, "heading")
        canvas.text("server", right + 6, y, .end, "heading")
        y += 6
        let top = y
        if leftOut > 0 {
            y += 14
            let note = "\(counted(leftOut, "earlier message")) left out"
            canvas.text(note, (left + right) / 2, y, .middle, "note")
            y += 6
        }
        lastTime = rows.first?.time ?? .zero
        draw(rows)
        y += 6
        for x in [left, right] { canvas.line(x, top, x, y, "life", isBehind: true) }
        y += 12
    }

    private mutating func draw(_ rows: [LadderRow]) {
        let isLate = rows.areLate
        var departures = [Int](repeating: 0, count: rows.count)
        // Those that come after other things have happened, in the order in which they do.
        var arrivals = rows.indices.filter { isLate[$0] }.sorted {
            let (first, second) = (rows[$0].arrival?.order ?? 0, rows[$1].arrival?.order ?? 0)
            return (first, $0) < (second, $1)
        }[...]
        var next = 0
        while next < rows.count {
            let index = next
            draw(&arrivals, of: rows, before: index, from: departures)
            if !showsTimes, rows.haveBothEnds(at: index) {
                drawEnds(rows[index...index + 1])
                next += 2
                continue
            }
            wait(until: rows[index].time)
            departures[index] = draw(rows[index], isLate: isLate[index])
            next += 1
        }
        draw(&arrivals, of: rows, before: rows.count, from: departures)
    }

    /// Draws the late arrows that end before a row begins.
    private mutating func draw(
        _ arrivals: inout ArraySlice<Int>, of rows: [LadderRow], before next: Int,
        from departures: [Int]
    ) {
        var isFirst = true
        while let first = arrivals.first, let arrival = rows[first].arrival,
            next == rows.count || arrival.order < rows[next].order
        {
            let together = arrivals.prefix { rows[$0].arrival?.order == arrival.order }
            arrivals.removeFirst(together.count)
            if isFirst { y += 4 }
            isFirst = false
            wait(until: arrival.time)
            // Arrows over many rows would hide them: those are told by name.
            let far = together.filter { y - departures[$0] > Self.longestArrow }
            if let index = far.first { drawArrival(of: rows[index], count: far.count) }
            y += far.isEmpty ? 8 : 12
            for index in together {
                guard case .arrow(let side, let tone, _) = rows[index].kind else { continue }
                let (from, to) = side == .client ? (left, right) : (right, left)
                let departure = departures[index]
                if far.contains(index) {
                    let part = (to - from) / 6
                    canvas.line(from, departure, from + part, departure + 6, "\(tone)")
                    canvas.arrow(to - part, y - 6, to, y, "\(tone)", isOpen: tone == .part)
                } else {
                    canvas.arrow(from, departure, to, y, "\(tone)", isOpen: tone == .part)
                }
            }
        }
        if !isFirst { y += 4 }
    }

    private mutating func drawArrival(of row: LadderRow, count: Int) {
        guard case .arrow(let side, _, _) = row.kind else { return }
        let name = row.text.wrapped(to: Self.columns - 8, lines: 1).first ?? ""
        y += 12
        canvas.text(
            count == 1 ? "\(name) arrives" : "\(count) messages arrive",
            side == .client ? right - 8 : left + 8, y, side == .client ? .end : .start, "note")
    }

    /// Makes a wait visible, if times are shown.
    private mutating func wait(until time: Duration) {
        y += room(for: time - lastTime)
        lastTime = max(time, lastTime)
    }

    func room(for wait: Duration) -> Int {
        guard showsTimes else { return 0 }
        return wait < .milliseconds(100)
            ? 0 : wait < .milliseconds(500) ? 6 : wait < .seconds(2) ? 14 : 24
    }
}
