import Passwords

/// Names with a password.
extension Quiz {
    /// Gives a name to whoever knows the password from now on.
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
        if let seated = seats[connection]?.name, seated != name {
            throw Refusal("this connection plays as \(seated); open another to play as \(name)")
        }
        guard let hash = players[name]?.password else {
            throw Refusal("\(name) is not registered")
        }
        guard players[name]?.attempts.isResting(at: now) == false else {
            throw Refusal("\(Attempts.limit) wrong passwords in a row; \(name) rests for a minute")
        }
        try spendPassword(of: connection, at: now)
        guard hash.matches(password) else {
            players[name]?.attempts.noteWrong(at: now)
            throw Refusal("wrong password")
        }
        players[name]?.attempts.noteRight()
        try checkFree(name, for: connection)
        seats[connection] = Seat(name: name)
        return ["welcome \(name)"]
    }

    /// Refuses a connection that has had too many passwords looked at.
    private mutating func spendPassword(
        of connection: Int, at now: ContinuousClock.Instant
    ) throws(Refusal) {
        guard budgets[connection, default: PasswordBudget()].take(at: now) else {
            throw Refusal("too many passwords over this connection; wait a minute")
        }
    }
}
