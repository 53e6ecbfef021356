/// A picture of servers on one time axis: when each of their clients asks, waits, and is served.
///
/// A step of the axis is a thing that happened, not a second, so the same events give the same
/// bytes on every machine.
struct ServiceChart {
    /// Something that a client saw.
    enum Event: Equatable {
        case asks(client: Int, String)
        case isAnswered(client: Int, String)
        case leaves(client: Int)

        var client: Int {
            switch self {
            case .asks(let client, _), .isAnswered(let client, _), .leaves(let client): client
            }
        }

        var words: String {
            switch self {
            case .asks(_, let text): "→ \(text)"
            case .isAnswered(_, let text): "← \(text)"
            case .leaves: "leaves"
            }
        }
    }

    private static let (left, step, row) = (112, 74, 46)
    private let steps: Int
    private var y = 34
    private var body = ""

    /// Begins a picture.
    ///
    /// - Parameter steps: The most events of a server.
    init(steps: Int) {
        self.steps = steps
        text("Time goes to the right: what happened first, next, and so on.", 8, 18, "note")
    }

    /// Adds a server, with two clients.
    mutating func add(_ server: String, _ design: String, _ events: [Event]) {
        y += 22
        body += "<text x=\"8\" y=\"\(y)\">"
        body += "<tspan class=\"server\">\(server)</tspan>: \(design)</text>\n"
        y += 10
        for client in 1...2 {
            draw(client, events)
            y += Self.row
        }
    }

    var svg: String {
        let (width, height) = (Self.left + steps * Self.step + 8, y + 10)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \(width) \(height)" \
            width="\(width * 5 / 4)" height="\(height * 5 / 4)">
            <style>
            \(Self.style)
            </style>
            <rect class="paper" width="\(width)" height="\(height)"/>
            \(body)</svg>

            """
    }

    private mutating func draw(_ client: Int, _ events: [Event]) {
        let own = events.indices.filter { events[$0].client == client }
        guard let first = own.first, let last = own.last else { return }
        let middle = y + 22
        text(client == 1 ? "first client" : "second client", 8, middle + 4, "")
        line(middle, x(first), x(last), "life")
        for (begin, end) in zip(own, own.dropFirst()) {
            guard case .asks = events[begin], case .isAnswered = events[end] else { continue }
            // The server did other things before it answered.
            let waits = end > begin + 1
            let bar = "x=\"\(x(begin))\" y=\"\(middle - 6)\" width=\"\(x(end) - x(begin))\""
            body += "<rect class=\"\(waits ? "waits" : "served")\" \(bar) height=\"12\"/>\n"
            if waits { text("waits", (x(begin) + x(end)) / 2, middle + 4, "word", "middle") }
        }
        for index in own {
            body += "<circle class=\"dot\" cx=\"\(x(index))\" cy=\"\(middle)\" r=\"3\"/>\n"
            text(events[index].words, x(index), middle - 10, "event", "middle")
        }
    }

    private func x(_ index: Int) -> Int { Self.left + Self.step / 2 + index * Self.step }

    private mutating func line(_ y: Int, _ from: Int, _ to: Int, _ name: String) {
        body += "<path class=\"\(name)\" d=\"M\(from) \(y)H\(to)\"/>\n"
    }

    private mutating func text(
        _ words: String, _ x: Int, _ y: Int, _ name: String, _ anchor: String = "start"
    ) {
        body += "<text x=\"\(x)\" y=\"\(y)\" class=\"\(name)\" text-anchor=\"\(anchor)\">"
        body += "\(words)</text>\n"
    }

    private static let style = """
        .chart { max-width: 100%; height: auto; color-scheme: light dark; background: #ffffff; }
        .chart text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
            fill: #1b1f24; }
        .chart .server { font-weight: bold; }
        .chart .event { font-size: 11px; }
        .chart .note { font-size: 11px; fill: #57606a; }
        .chart .word { font-size: 11px; fill: #7d5200; }
        .chart .paper { fill: #ffffff; }
        .chart .life { stroke: #8c959f; stroke-width: 1.5; }
        .chart .served { fill: #0b5cad; }
        .chart .waits { fill: #fff8e5; stroke: #7d5200; stroke-dasharray: 4 3; }
        .chart .dot { fill: #1b1f24; stroke: #ffffff; }
        @media (prefers-color-scheme: dark) {
            .chart { background: #0d1117; }
            .chart text { fill: #e6edf3; }
            .chart .note { fill: #9aa4af; }
            .chart .word { fill: #e5b454; }
            .chart .paper { fill: #0d1117; }
            .chart .life { stroke: #6e7681; }
            .chart .served { fill: #79b8ff; }
            .chart .waits { fill: #2b2111; stroke: #e5b454; }
            .chart .dot { fill: #e6edf3; stroke: #0d1117; }
        }
        """
}
