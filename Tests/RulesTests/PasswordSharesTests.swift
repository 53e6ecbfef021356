import Testing

@testable import quiz_server

/// The shares of time for passwords among the networks that send them.
struct PasswordSharesTests {
    private let start = ContinuousClock.now

    /// Takes as many checks as are free at this moment, a hundred at most.
    private func looks(
        _ shares: inout PasswordShares, for network: String, at now: ContinuousClock.Instant
    ) -> Int {
        (0..<100).first { _ in shares.take(for: network, at: now) != nil } ?? 100
    }

    @Test func oneNetworkHasHalfOfTheTime() {
        var shares = PasswordShares()
        #expect(looks(&shares, for: "a", at: start) == 25)
        #expect(shares.take(for: "a", at: start) == 1)
        // One check costs the network a fifth of a second.
        for fifth in 1...50 {
            let now = start + .milliseconds(200 * fifth)
            #expect(looks(&shares, for: "a", at: now) == 1, "\(fifth)")
        }
        #expect(looks(&shares, for: "a", at: start + .seconds(60)) == 25)
    }

    @Test func whatOneHasUsedUpIsNotAnothers() {
        var shares = PasswordShares()
        // One network may go on for long; another still finds room at once.
        for second in 0..<100 {
            let now = start + .seconds(second)
            #expect(looks(&shares, for: "stranger", at: now) > 0)
            #expect(shares.take(for: "stranger", at: now) != nil)
            if second.isMultiple(of: 20) {
                #expect(looks(&shares, for: "anna \(second)", at: now) >= 10, "\(second)")
            }
        }
    }

    @Test func oneThatComesNewFindsRoomAmongMany() {
        var shares = PasswordShares()
        for step in 0..<1_000 {
            let now = start + .milliseconds(50 * step)
            for stranger in 0..<30 { _ = shares.take(for: "\(stranger)", at: now) }
            guard step > 200, step.isMultiple(of: 50) else { continue }
            #expect(shares.take(for: "anna \(step)", at: now) == nil, "\(step)")
        }
    }

    @Test func allTogetherHaveFiftyAndThenTenASecond() {
        var shares = PasswordShares()
        func looks(at now: ContinuousClock.Instant) -> Int {
            (0..<200).count { shares.take(for: "network \($0)", at: now) == nil }
        }
        #expect(looks(at: start) == 50)
        #expect((1...100).reduce(0) { $0 + looks(at: start + .seconds($1)) } == 1_000)
    }

    @Test(arguments: [2, 3, 10, 40])
    func thoseThatAlwaysAskGetTheSame(count: Int) {
        var shares = PasswordShares()
        var looks = [Int](repeating: 0, count: count)
        // Ten minutes, and always in the same order.
        for step in 0..<12_000 {
            let now = start + .milliseconds(50 * step)
            for network in 0..<count where shares.take(for: "\(network)", at: now) == nil {
                looks[network] += 1
            }
        }
        let share = 600 * 10 / (count + 1)
        // At the beginning the first networks get more of the savings.
        for number in looks { #expect(share - 5...share + 20 ~= number, "\(looks)") }
    }

    @Test func fewNetworksAreRemembered() {
        var shares = PasswordShares()
        // For forty minutes there is always a new one.
        for step in 0..<24_000 {
            _ = shares.take(for: "network \(step)", at: start + .milliseconds(100 * step))
        }
        #expect(200...300 ~= shares.used.count)
        // None waits for longer than 20 s, and those that have gone are forgotten.
        let end = start + .seconds(2_400)
        while shares.take(for: "a", at: end) == nil {}
        #expect(2...20 ~= shares.take(for: "a", at: end) ?? 0)
        #expect(shares.take(for: "a", at: end + .seconds(25)) == nil)
        #expect(shares.used.count == 1)
    }
}
