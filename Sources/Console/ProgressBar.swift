import CSystem

/// Draws the progress of a transfer on standard error, if that is a terminal.
///
/// It is drawn at most ten times a second, even if it is updated more often, and it is removed at
/// the end.
public final class ProgressBar {
    private let label: String
    private let total: Int?
    private let isShown: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastDrawn: ContinuousClock.Instant?

    /// Begins a bar and its clock; nothing is drawn before the first update.
    ///
    /// - Parameters:
    ///   - label: A name for the transfer, such as the file's.
    ///   - total: The number of bytes to transfer; nil if it is not known: then neither a bar nor
    ///     the time left is shown.
    ///
    /// C function: `isatty(3)`.
    public init(_ label: String, total: Int?) {
        self.label = label
        self.total = total
        isShown = isatty(STDERR_FILENO) == 1
        start = clock.now
    }

    deinit {
        clear()
    }

    /// Shows that `done` bytes have been transferred.
    public func update(_ done: Int) {
        guard isShown else { return }
        let now = clock.now
        if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
        lastDrawn = now
        let width = Int(system_terminal_columns(STDERR_FILENO))
        let line = progressLine(
            label, done: done, total: total, elapsed: now - start,
            // The last column stays free: some terminals would wrap.
            width: (width > 0 ? width : 80) - 1)
        writeToStandardError("\r\(line)\u{1B}[K")
    }

    /// Removes the bar from the screen, so that the next line stands in its place.
    public func clear() {
        guard lastDrawn != nil else { return }
        lastDrawn = nil
        writeToStandardError("\r\u{1B}[K")
    }
}

/// Writes `text` as it is to standard error, and never fails.
func writeToStandardError(_ text: String) {
    _ = writeAll(Array(text.utf8)[...], to: STDERR_FILENO)
}

/// Returns one line like `notes.txt  42 % [====      ] 2.1 of 5.0 MB, 1.2 MB/s, 3 s left`.
///
/// If it does not fit into `width` columns, the bar is left out first, then the label.
func progressLine(
    _ label: String, done: Int, total: Int?, elapsed: Duration, width: Int
) -> String {
    guard let total else {
        let rate = elapsed > .zero ? Double(done) / (elapsed / .seconds(1)) : 0
        return String("\(label)  \(amount(Double(done))), \(amount(rate))/s".prefix(max(0, width)))
    }
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
    let time = elapsed / .seconds(1)
    let rate = time > 0 ? Double(done) / time : 0
    var numbers = "\(amount(Double(done))) of \(amount(Double(total))), \(amount(rate))/s"
    if rate > 0 {
        numbers += ", \(timeLeft(Double(max(0, total - done)) / rate)) left"
    }
    let percent = "\(Int(share * 100)) %"

    let room = width - label.count - percent.count - numbers.count - 7
    if room >= 10 {
        // There are only two widths, so that the bar does not jump when the numbers grow.
        let barWidth = room >= 20 ? 20 : 10
        let full = Int(share * Double(barWidth))
        let bar =
            String(repeating: "=", count: full) + String(repeating: " ", count: barWidth - full)
        return "\(label)  \(percent) [\(bar)] \(numbers)"
    }
    let whole = "\(label)  \(percent)  \(numbers)"
    return whole.count <= width ? whole : String("\(percent)  \(numbers)".prefix(max(0, width)))
}

/// Writes a number of bytes with one decimal, in a unit that suits it; units go in steps of 1,000.
func amount(_ bytes: Double) -> String {
    var value = bytes
    var units = ["bytes", "kB", "MB", "GB", "TB"][...]
    while value >= 999.95, units.count > 1 {
        value /= 1_000
        units = units.dropFirst()
    }
    let tenths = Int((value * 10).rounded())
    let number = units.first == "bytes" ? "\(Int(value))" : "\(tenths / 10).\(tenths % 10)"
    return "\(number) \(units.first ?? "")"
}

private func timeLeft(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 359_999))
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) min" }
    return "\(whole / 3_600) h \(whole / 60 % 60) min"
}
