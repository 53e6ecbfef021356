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
}

/// What is known of a connection, whether it has a name or not.
struct Visitor {
    /// The network that it comes from: one subscriber's addresses.
    let network: String
    var budget = PasswordBudget()
}

/// Counts how many passwords have been looked at for one connection: 20 a minute.
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

/// Shares the time for passwords among the networks that send them.
///
/// A look at a password takes the time of many answers, and meanwhile everybody waits. So all
/// together have ten looks a second. Where k networks ask, each has one part of k + 1: nobody uses up
/// what is another's, and one that comes new finds a part free. Five seconds' looks can be saved up.
struct PasswordShares {
    /// What a look costs all together, in time.
    static let cost = Duration.milliseconds(100)
    static let savings = Duration.seconds(5)
    /// The most that a look costs one network, however many there are; so that few are remembered.
    static let highestCost = Duration.seconds(20)

    /// Up to when the time has been used up, by all together and by each.
    private var allUsed: ContinuousClock.Instant?
    private var used: [String: ContinuousClock.Instant] = [:]

    /// How many networks are known: 300 at most, since those that ask for nothing are forgotten.
    var remembered: Int { used.count }

    /// Lets a network have one more password looked at, and counts it.
    ///
    /// - Returns: Nil if it may; else for how many seconds it has to wait.
    mutating func take(for network: String, at now: ContinuousClock.Instant) -> Int? {
        let oldest = now - Self.savings
        let all = max(allUsed ?? oldest, oldest)
        let own = max(used[network] ?? oldest, oldest)
        // The last second of the room is for those that have saved up more.
        let free = max(own, all + (Self.savings - (now - own)) / 5)
        guard free < now else { return Int((free - now).components.seconds) + 1 }
        // A network whose savings are complete again is like one that has never come.
        used = used.filter { $0.value > oldest }
        used[network] = own
        allUsed = all + Self.cost
        used[network] = own + min(Self.cost * (used.count + 1), Self.highestCost)
        return nil
    }
}
