/// Writes the elements of a picture, in whole numbers.
struct SVG {
    enum Anchor: String { case start, middle, end }

    /// Signs around (0, 0), so that no meaning rests on a colour alone.
    static let triangle = "M0-7L7 6H-7ZM0-3V2M0 3.5V4.5"
    static let half = "M0-5A5 5 0 0 1 0 5A5 5 0 0 1 0-5ZM-1-4V4M-3-3V3"
    static let diamond = "M0-6L6 0L0 6L-6 0Z"
    static let cross = "M-6-6L6 6M6-6L-6 6"
    static let bar = "M-7 0H7"
    static let stop = "M0-6V6"

    /// Lines lie under all the text, and life lines under all the lines.
    private var behind = ""
    private var lines = ""
    private var texts = ""

    mutating func line(
        _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ name: String, isBehind: Bool = false
    ) {
        let element = "<path class=\"\(name)\" d=\"M\(x1) \(y1)L\(x2) \(y2)\"/>\n"
        if isBehind { behind += element } else { lines += element }
    }

    /// A line with a head, filled or open, at its end.
    mutating func arrow(
        _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ name: String, isOpen: Bool
    ) {
        line(x1, y1, x2, y2, name)
        let (dx, dy) = (Double(x2 - x1), Double(y2 - y1))
        let length = max((dx * dx + dy * dy).squareRoot(), 1)
        let (ux, uy) = (dx / length, dy / length)
        func point(_ along: Double, _ across: Double) -> String {
            let x = Double(x2) - along * ux - across * uy
            let y = Double(y2) - along * uy + across * ux
            return "\(x.tenths) \(y.tenths)"
        }
        let tip = "\(x2) \(y2)"
        lines +=
            "<path class=\"\(name) \(isOpen ? "open" : "head")\" "
            + "d=\"M\(point(9, 4))L\(tip)L\(point(9, -4))\(isOpen ? "" : "Z")\"/>\n"
    }

    mutating func sign(_ shape: String, _ x: Int, _ y: Int, _ name: String) {
        texts +=
            "<path class=\"\(name) sign\" transform=\"translate(\(x) \(y))\" d=\"\(shape)\"/>\n"
    }

    mutating func text(_ text: String, _ x: Int, _ y: Int, _ anchor: Anchor, _ name: String) {
        var attributes = "x=\"\(x)\" y=\"\(y)\""
        if anchor != .start { attributes += " text-anchor=\"\(anchor)\"" }
        if !name.isEmpty { attributes += " class=\"\(name)\"" }
        // The fonts of other scripts have any width.
        if !text.isPlain, text.columns > 0 {
            attributes += " textLength=\"\(text.columns * 72 / 10)\""
            attributes += " lengthAdjust=\"spacingAndGlyphs\""
        }
        texts += "<text xml:space=\"preserve\" \(attributes)>\(text.markup)</text>\n"
    }

    /// Begins a group of which the title is shown when somebody points at it.
    mutating func beginGroup(title: String?) {
        texts += "<g>\n"
        if let title { texts += "<title>\(title.markup)</title>\n" }
    }

    mutating func endGroup() { texts += "</g>\n" }

    func document(width: Int, height: Int) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="ladder" viewBox="0 0 \(width) \(height)" \
        width="\(width * 3 / 2)" height="\(height * 3 / 2)">
        <style>
        \(Self.style)
        </style>
        <rect class="paper" width="\(width)" height="\(height)"/>
        \(behind)\(lines)\(texts)</svg>

        """
    }

    private static let style = """
        .ladder { max-width: 100%; height: auto; color-scheme: light dark; background: #ffffff; }
        .ladder text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
            fill: #1b1f24; white-space: pre; }
        .ladder .title { font-size: 14px; font-weight: bold; }
        .ladder .heading { font-weight: bold; }
        .ladder .bytes { font-size: 11px; fill: #57606a; }
        .ladder .note, .ladder text.quiet { fill: #57606a; }
        .ladder text.fault { fill: #b3261e; }
        .ladder text.part { fill: #7d5200; }
        .ladder text.relay { fill: #6f3fae; }
        .ladder .paper { fill: #ffffff; }
        .ladder path { fill: none; stroke: #0b5cad; stroke-width: 1.5; }
        .ladder path.life { stroke: #8c959f; }
        .ladder path.quiet { stroke: #57606a; }
        .ladder path.part { stroke: #7d5200; stroke-dasharray: 5 3; }
        .ladder path.fault { stroke: #b3261e; }
        .ladder path.relay { stroke: #6f3fae; }
        .ladder path.open { stroke-dasharray: none; }
        .ladder path.sign { fill: #ffffff; stroke-width: 2; stroke-dasharray: none; }
        .ladder path.head { fill: #0b5cad; stroke-width: 0; }
        .ladder path.head.quiet { fill: #57606a; }
        .ladder path.head.fault { fill: #b3261e; }
        @supports (paint-order: stroke) {
            .ladder text { paint-order: stroke; stroke: #ffffff; stroke-width: 3px;
                stroke-linejoin: round; }
        }
        @media (prefers-color-scheme: dark) {
            .ladder { background: #0d1117; }
            .ladder text { fill: #e6edf3; stroke: #0d1117; }
            .ladder .bytes, .ladder .note, .ladder text.quiet { fill: #9aa4af; }
            .ladder text.fault { fill: #ff8f85; }
            .ladder text.part { fill: #e5b454; }
            .ladder text.relay { fill: #cba6ff; }
            .ladder .paper { fill: #0d1117; }
            .ladder path { stroke: #79b8ff; }
            .ladder path.life { stroke: #6e7681; }
            .ladder path.quiet { stroke: #9aa4af; }
            .ladder path.part { stroke: #e5b454; }
            .ladder path.fault { stroke: #ff8f85; }
            .ladder path.relay { stroke: #cba6ff; }
            .ladder path.sign { fill: #0d1117; }
            .ladder path.head { fill: #79b8ff; }
            .ladder path.head.quiet { fill: #9aa4af; }
            .ladder path.head.fault { fill: #ff8f85; }
        }
        """
}

extension Double {
    /// With one decimal, the same on every machine.
    fileprivate var tenths: String {
        let count = Int((self * 10).rounded())
        return "\(count < 0 ? "-" : "")\(abs(count) / 10).\(abs(count) % 10)"
    }
}
