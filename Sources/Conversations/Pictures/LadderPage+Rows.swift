/// How each line is drawn.
extension LadderPage {
    /// Draws a row, and gives the height at which its arrow begins.
    mutating func draw(_ row: LadderRow, isLate: Bool) -> Int {
        if showsTimes { canvas.text(row.time.milliseconds, left - 14, y + 14, .end, "bytes") }
        switch row.kind {
        case .arrow(let side, let tone, _): return draw(row, side, tone, isLate: isLate)
        case .damage: drawMiddle(row, "relay", sign: SVG.diamond)
        case .failure: drawMiddle(row, "fault", sign: SVG.triangle)
        case .note: drawMiddle(row, "note", sign: nil)
        case .end(let side, _): drawStop(row, side, "quiet", sign: SVG.bar)
        case .reset(let side): drawStop(row, side, "fault", sign: SVG.cross)
        }
        return y
    }

    private mutating func draw(
        _ row: LadderRow, _ side: Side, _ tone: LadderRow.Tone, isLate: Bool
    ) -> Int {
        let anchor: SVG.Anchor = side == .client ? .start : .end
        let x = side == .client ? left + 8 : right - 8
        canvas.beginGroup(title: row.text.isCut(to: Self.columns, lines: 2) ? row.text : nil)
        for line in row.text.wrapped(to: Self.columns, lines: 2) {
            y += 14
            canvas.text(line, x, y, anchor, tone == .plain ? "" : "\(tone)")
        }
        // The bytes stand below the arrow, but not where others cross.
        if isLate { drawDigits(of: row, x, anchor) }
        y += 5
        let departure = y
        if isLate {
            // Its arrow is drawn where it ends.
            let step = side == .client ? 28 : -28
            let from = side == .client ? left : right
            if let sign = tone.sign { canvas.sign(sign, from + step, departure + 4, "\(tone)") }
        } else {
            drawArrow(of: row, side, tone)
            drawDigits(of: row, x, anchor)
            if !row.isLost, !hasArrived(row) {
                y += 14
                canvas.text("has not arrived", x, y, anchor, "note")
            }
        }
        canvas.endGroup()
        y += 8
        return departure
    }

    /// Draws the arrow of a message that arrives before anything else happens, or never.
    private mutating func drawArrow(of row: LadderRow, _ side: Side, _ tone: LadderRow.Tone) {
        let (from, to) = side == .client ? (left, right) : (right, left)
        let departure = y
        y += 8 + (row.arrival.map { room(for: $0.time - row.time) } ?? 0)
        if row.isLost || !hasArrived(row) {
            let middle = ((from + to) / 2, (departure + y) / 2)
            canvas.line(from, departure, middle.0, middle.1, "\(tone)")
            canvas.sign(row.isLost ? SVG.cross : SVG.stop, middle.0, middle.1, "relay")
        } else {
            canvas.arrow(from, departure, to, y, "\(tone)", isOpen: tone == .part)
        }
        if let sign = tone.sign {
            canvas.sign(sign, to - (to - from) / 8, y - 1, "\(tone)")
        }
    }

    private func hasArrived(_ row: LadderRow) -> Bool {
        row.arrival != nil || !knowsArrivals || !row.isMessage
    }

    private mutating func drawDigits(of row: LadderRow, _ x: Int, _ anchor: SVG.Anchor) {
        var lines = row.digits.isEmpty ? [] : [row.digits]
        if let rest = row.rest { lines.append(rest) }
        if lines.joined(separator: " ").count <= Self.digitColumns {
            lines = lines.isEmpty ? [] : [lines.joined(separator: " ")]
        }
        for line in lines {
            y += 13
            canvas.text(line, x, y, anchor, "bytes")
        }
    }

    private mutating func drawMiddle(_ row: LadderRow, _ tone: String, sign: String?) {
        let lines = row.text.wrapped(to: Self.columns - 3, lines: 3)
        canvas.beginGroup(
            title: row.text.isCut(to: Self.columns - 3, lines: 3) ? row.text : nil)
        y += 2
        for (index, line) in lines.enumerated() {
            y += 14
            let middle = (left + right) / 2 + 8
            canvas.text(line, middle, y, .middle, tone)
            if index == 0, let sign {
                canvas.sign(sign, middle - line.columns * 36 / 10 - 12, y - 4, tone)
            }
        }
        canvas.endGroup()
        y += 6
    }

    /// Draws the ends of both sides on one line, or on two if the words do not fit.
    mutating func drawEnds(_ ends: some Sequence<LadderRow>) {
        var words: [Side: String] = [:]
        for case .end(let side, let count) in ends.map(\.kind) {
            words[side] = "ends after \(counted(count, "byte"))"
        }
        let (client, server) = (words[.client] ?? "", words[.server] ?? "")
        y += 16
        for x in [left, right] { canvas.sign(SVG.bar, x, y - 4, "quiet") }
        canvas.text(client, left + 12, y, .start, "quiet")
        if client.count + server.count > Self.columns - 2 { y += 14 }
        canvas.text(server, right - 12, y, .end, "quiet")
        y += 8
    }

    private mutating func drawStop(
        _ row: LadderRow, _ side: Side, _ tone: String, sign: String
    ) {
        y += 16
        let x = side == .client ? left : right
        canvas.sign(sign, x, y - 4, tone)
        canvas.text(
            row.text, side == .client ? x + 12 : x - 12, y, side == .client ? .start : .end, tone)
        y += 8
    }
}
