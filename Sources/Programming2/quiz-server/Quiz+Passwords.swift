import Passwords

/// Names with a password.
extension Quiz {
    /// Registers a name with a password.
    mutating func register(
        _ name: String, _ password: String, from connection: Int, at now: ContinuousClock.Instant
    ) throws(Refusal) -> [String] {
        if let player = players[name] {
            guard player.password == nil else {
                throw Refusal("\(name) is registered already; send login \(name) <password>")
            }
            guard player.founder == connection else {
                throw Refusal("\(name) has played already; choose another name")
            }
        }
        try spendPassword(of: connection, at: now)
        let hash: PasswordHash
        do throws(PasswordError) {
            hash = try PasswordHash(of: password)
        } catch {
            throw Refusal("\(error)")
        }
        store(.registered(name: name, hash: hash.description))
        return ["registered \(name)"]
    }

    /// Lets a connection play under a registered name.
    mutating func logIn(
        _ name: String, _ password: String, from connection: Int, at now: ContinuousClock.Instant
    ) throws(Refusal) -> [String] {
        try checkSeat(of: connection, for: name)
        guard let hash = players[name]?.password else {
            // Do not repeat the word: a user that has mixed up the order has sent the password
            // here.
            throw Refusal("this name is not registered")
        }
        guard attempts[name]?.isResting(at: now) != true else {
            throw Refusal("\(Attempts.limit) wrong passwords in a row; \(name) rests for a minute")
        }
        try spendPassword(of: connection, at: now)
        guard hash.matches(password) else {
            attempts[name, default: Attempts()].noteWrong(at: now)
            throw Refusal("wrong password")
        }
        attempts[name] = nil
        try checkFree(name, for: connection)
        seat(connection, as: name)
        return ["welcome \(name)"]
    }

    /// Refuses to look at too many passwords.
    private mutating func spendPassword(
        of connection: Int, at now: ContinuousClock.Instant
    ) throws(Refusal) {
        var visitor = visitors[connection] ?? Visitor(network: "")
        guard visitor.budget.take(at: now) else {
            throw Refusal("too many passwords over this connection; wait a minute")
        }
        // A refusal here does not count against the connection.
        if let wait = passwordShares.take(for: visitor.network, at: now) {
            throw Refusal("too many passwords at once; try again in \(wait) s")
        }
        visitors[connection] = visitor
    }
}
