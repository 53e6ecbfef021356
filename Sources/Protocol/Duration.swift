extension Duration {
    /// The duration as people write it: `30 s`, `0.25 s`.
    public var inSeconds: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "\(seconds) s" }
        let decimals = String(milliseconds + 1_000).dropFirst()
        let trimmed = decimals.reversed().drop { $0 == "0" }.reversed()
        return "\(seconds).\(String(trimmed)) s"
    }
}
