/// Whether a server goes on after its first client, where the sheet shows both.
struct Lifetime: Finding {
    var endsAfterFirst = false

    /// Why no second client comes, if none does.
    static let noSecond: @Sendable (Findings) -> String? = { findings in
        findings[Lifetime.self].endsAfterFirst
            ? "the program serves one client, as the sheet's does" : nil
    }
}

extension Step {
    /// A leaves, and the server serves B or has ended with exit code 0.
    static func goesOnOrEnds(_ exchange: Exchange) -> Step {
        Step("A leaves; B is served, or the server has ended") { play throws(Miss) in
            try Step.leaves("A").perform(play)
            do throws(Miss) {
                for step in exchange.visit("B") { try step.perform(play) }
            } catch {
                // One that has crashed, or does not serve B, is other cases' trouble.
                guard play.programs["server"]?.waitForEnd(within: play.patience) == .code(0)
                else { return }
                play[Lifetime.self].endsAfterFirst = true
                play.findings.words.append("serves one client and ends")
            }
        }
    }

    /// The stream ends, and nothing else comes before.
    static func isAllThen(_ client: String) -> Step {
        Step("\(client) sees the end, and nothing before it") { play throws(Miss) in
            try play.expectEnd(on: client, passing: false)
        }
    }
}
