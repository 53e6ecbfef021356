import Testing

@testable import Console

@Suite struct CommonOptionsTests {
    private let program = Program("sample", "Does nothing.")

    private func error(_ arguments: String...) -> String? {
        do {
            _ = try program.parse(arguments)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func aSeedRepeatsChoices() throws {
        let chance = program.seed()
        _ = try program.parse(["--seed", "5"])
        #expect(chance.value.number(in: 1...100) == 39)
        _ = try program.parse(["--seed=18446744073709551615"])
        #expect(chance.value.number(in: 0...3 << 61) == 6_183_876_100_113_166_476)
        for text in ["-1", "+1", "", "x", "18446744073709551616"] {
            #expect(
                error("--seed=\(text)")
                    == "--seed: '\(text)' is not a whole number from 0 to 18446744073709551615")
        }
    }

    @Test(arguments: [
        ("2", 2.0...2.0), ("0", 0...0), ("0.5-1.5", 0.5...1.5), (".5-1.", 0.5...1),
        ("1000000", 1_000_000...1_000_000), ("3-3", 3...3),
    ]) func delaysAreOneWaitOrTwo(text: String, range: ClosedRange<Double>) throws {
        let delay = program.delay(default: 1...5)
        _ = try program.parse(["--delay", text])
        #expect(delay.value.range == range)
    }

    @Test(arguments: [
        "", "-", "1-", "-1", "1-2-3", "x", "1,5", "inf", "0x2", ".", "1e3", "1000001",
    ])
    func wrongDelaysAreRefused(text: String) {
        _ = program.delay(default: 2)
        #expect(error("--delay=\(text)")?.hasPrefix("--delay: '") == true)
    }

    @Test(arguments: ["-1", "", "1-", "1-2-3"])
    func aWrongDelayIsShownWhole(text: String) {
        _ = program.delay(default: 2)
        #expect(error("--delay=\(text)") == "--delay: '\(text)' is not <seconds> or <min>-<max>")
    }

    @Test func theLongerWaitComesLast() {
        _ = program.delay(default: 2)
        #expect(
            error("--delay=5-1")
                == "--delay: '5-1' begins with the longer wait; write <min>-<max>")
    }

    @Test func aDelayAlwaysDraws() {
        let (fixed, free) = (Chance(seed: 1), Chance(seed: 1))
        #expect(Delay(2...2).next(fixed) == .seconds(2))
        _ = Delay(1...5).next(free)
        #expect(fixed.number(in: 1...1_000_000) == free.number(in: 1...1_000_000))
        #expect(Delay(2...2).description == "2")
        #expect(Delay(0.25...5).description == "0.25-5")
    }

    @Test func limitsAreDurations() throws {
        let (timeout, pause) = (program.timeout(), program.pause())
        _ = try program.parse([])
        #expect(timeout.value == .seconds(30))
        #expect(pause.value == .milliseconds(250))
        _ = try program.parse(["--timeout", "0.5", "--pause", "0"])
        #expect(timeout.value == .milliseconds(500))
        #expect(pause.value == .zero)
        #expect(error("--timeout=0") == "--timeout: '0' is too short; 0.001 is the least")
        #expect(
            error("--timeout=-1")
                == "--timeout: '-1' is not a number of seconds from 0 to 1000000")
    }

    @Test func aPollerIsOneOfThose() throws {
        let poller = program.poller(default: Mechanism.poll)
        _ = try program.parse([])
        #expect(poller.value == .poll)
        _ = try program.parse(["--poller", "select"])
        #expect(poller.value == .select)
        #expect(error("--poller=kqueue") == "--poller: 'kqueue' is none of select, poll")
    }

    @Test func aTraceIsThereOnRequest() throws {
        let trace = program.trace()
        let bare = program.bare()
        _ = try program.parse([])
        #expect(trace.value == nil && !bare.value)
        _ = try program.parse(["-v", "--bare"])
        #expect(trace.value != nil && bare.value)
    }

    @Test func aClockStandsStill() throws {
        let clock = program.clock()
        _ = try program.parse(["--at", "-5"])
        #expect(clock.value.now == -5)
        #expect(error("--at=253402300800")?.hasPrefix("--at: ") == true)
    }
}

private enum Mechanism: String, CaseIterable { case select, poll }
