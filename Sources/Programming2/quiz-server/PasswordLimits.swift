/// Counts the wrong passwords for one name and makes the name rest after too many.
struct Attempts {
    /// Five in a row, and then a minute.
    static let limit = 5
    static let rest = Duration.seconds(60)

    private var wrong = 0
    private var restEnd: ContinuousClock.Instant?

    /// Whether no password is looked at for now.
    func isResting(at now: ContinuousClock.Instant) -> Bool { restEnd.map { now < $0 } ?? false }

    mutating func noteWrong(at now: ContinuousClock.Instant) {
        wrong += 1
        guard wrong == Self.limit else { return }
        wrong = 0
        restEnd = now + Self.rest
    }

    mutating func noteRight() { wrong = 0 }
}

/// Counts how many passwords a connection has had looked at: each takes the time of many answers,
/// and meanwhile everybody waits.
struct PasswordBudget {
    static let limit = 20
    static let span = Duration.seconds(60)

    private var used = 0
    private var spanEnd: ContinuousClock.Instant?

    /// Whether one more may be looked at; then it counts.
    mutating func take(at now: ContinuousClock.Instant) -> Bool {
        if spanEnd.map({ now >= $0 }) ?? true {
            spanEnd = now + Self.span
            used = 0
        }
        used += 1
        return used <= Self.limit
    }
}
