/// Counts the wrong passwords for one name and makes the name rest after too many.
struct Attempts {
    /// After five in a row, the name rests for a minute.
    static let limit = 5
    static let rest = Duration.seconds(60)

    private var wrong = 0
    private var restEnd: ContinuousClock.Instant?

    /// Whether passwords for this name are refused now.
    func isResting(at now: ContinuousClock.Instant) -> Bool { restEnd.map { now < $0 } ?? false }

    mutating func noteWrong(at now: ContinuousClock.Instant) {
        wrong += 1
        guard wrong == Self.limit else { return }
        wrong = 0
        restEnd = now + Self.rest
    }
}

/// A connection, with a name or without.
struct Visitor {
    /// The network that it comes from: all addresses of one subscriber.
    let network: String
    var budget = PasswordBudget()
}

/// Counts the passwords checked for one connection: at most 20 a minute.
struct PasswordBudget {
    static let limit = 20
    static let span = Duration.seconds(60)

    private var used = 0
    private var spanEnd: ContinuousClock.Instant?

    /// Returns whether one more may be checked, and counts it.
    mutating func take(at now: ContinuousClock.Instant) -> Bool {
        if spanEnd.map({ now >= $0 }) ?? true {
            spanEnd = now + Self.span
            used = 0
        }
        used += 1
        return used <= Self.limit
    }
}

/// Shares the time for passwords among the networks that send them.
///
/// A password check takes the time of many answers, and meanwhile everybody waits. So all networks
/// together get ten checks a second. If k networks ask, each gets one part of k + 1: so no network
/// uses up the part of another, and a new network finds a free part. A network can save up the
/// checks of five seconds.
struct PasswordShares {
    /// The time that all networks together pay for a check.
    static let cost = Duration.milliseconds(100)
    static let savings = Duration.seconds(5)
    /// The most that one network pays for a check. The limit keeps the number of remembered
    /// networks small.
    static let highestCost = Duration.seconds(20)

    /// The moment up to which the time has been used up: by all together, and by each network.
    private var allUsed: ContinuousClock.Instant?
    /// Of 300 networks at most, since those that ask for nothing are forgotten.
    private(set) var used: [String: ContinuousClock.Instant] = [:]

    /// Decides whether one more password of a network may be checked, and counts it.
    ///
    /// - Returns: Nil if it may; otherwise the seconds to wait.
    mutating func take(for network: String, at now: ContinuousClock.Instant) -> Int? {
        let oldest = now - Self.savings
        let all = max(allUsed ?? oldest, oldest)
        let own = max(used[network] ?? oldest, oldest)
        // The last second of the total savings is only for networks that have saved up more.
        let free = max(own, all + (Self.savings - (now - own)) / 5)
        guard free < now else { return Int((free - now).components.seconds) + 1 }
        // Forget the networks that have full savings again: they are like new ones.
        used = used.filter { $0.value > oldest }
        used[network] = own
        allUsed = all + Self.cost
        used[network] = own + min(Self.cost * (used.count + 1), Self.highestCost)
        return nil
    }
}
