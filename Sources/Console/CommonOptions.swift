/// The options that several programs share: one call for each option, with the same words
/// everywhere.
extension Program {
    /// Declares `--seed <n>`, which makes every random choice repeatable.
    public func seed() -> Setting<Chance> {
        add(
            "seed", "<n>", "repeats the random choices made with this number (default: new ones)",
            parse: { text in
                guard text.utf8.first != UInt8(ascii: "+"), let seed = UInt64(text) else {
                    throw ValueError("'\(text)' is not a whole number from 0 to \(UInt64.max)")
                }
                return Chance(seed: seed)
            },
            fallback: { Chance(seed: nil) })
    }

    /// Declares `--delay <seconds>`, the wait between two messages, also as `<min>-<max>`.
    ///
    /// - Parameters:
    ///   - range: The sheet's wait in seconds, drawn anew each time.
    ///   - when: Where the program waits, for `--help`.
    public func delay(
        default range: ClosedRange<Double>, when: String = "before each message"
    ) -> Setting<Delay> {
        let delay = Delay(range)
        return add(
            "delay", "<seconds>",
            "waits this long \(when), or <min>-<max> at random (default \(delay))",
            parse: { try Delay($0) }, fallback: { delay })
    }

    /// Declares `--delay <seconds>` with a wait that is always the same by default.
    public func delay(default seconds: Double) -> Setting<Delay> {
        delay(default: seconds...seconds)
    }

    /// Declares `--at <unix time>`, which stops the clock at one moment.
    public func clock() -> Setting<WallClock> {
        add(
            "at", "<unix time>", "stops the clock at this second; TZ holds the zone",
            parse: { WallClock(at: try wholeNumber($0, in: WallClock.seconds)) },
            fallback: { WallClock() })
    }

    /// Declares `--timeout <seconds>`, the longest wait for bytes that another program owes.
    public func timeout(default seconds: Double = 30) -> Setting<Duration> {
        duration(
            "timeout", default: seconds, isZeroAllowed: false,
            "gives up after this wait for a reply, or for the rest of a message or file")
    }

    /// Declares `--pause <seconds>`, the silence that ends a message without a line end.
    ///
    /// Its value is zero if the user has turned this off.
    public func pause(default seconds: Double = 0.25) -> Setting<Duration> {
        duration(
            "pause", default: seconds, isZeroAllowed: true,
            "ends a message without a line end after this silence; 0: never")
    }

    /// Declares `--bare`, which leaves the line end out of every message sent.
    public func bare() -> Setting<Bool> {
        flag("bare", "sends no line ends, for a server that takes one recv for one message")
    }

    /// Declares `--poller <name>`, the system call by which a server waits for its clients.
    ///
    /// - Parameter mechanism: The default.
    public func poller<Mechanism: RawRepresentable<String> & CaseIterable>(
        default mechanism: Mechanism
    ) -> Setting<Mechanism> {
        let names = Mechanism.allCases.map(\.rawValue).joined(separator: ", ")
        return option(
            "poller", "<name>", default: mechanism.rawValue,
            "waits for clients with this call: \(names)",
            parse: { name in
                guard let mechanism = Mechanism(rawValue: name) else {
                    throw ValueError("'\(name)' is none of \(names)")
                }
                return mechanism
            })
    }

    /// Declares `-v`; its value writes one line to standard error, and is nil without `-v`.
    public func trace() -> Setting<(@Sendable (String) -> Void)?> {
        let setting = Setting<(@Sendable (String) -> Void)?>()
        grammar.add(
            Grammar.Option(
                name: "v", placeholder: nil, summary: "shows every message on standard error",
                take: { _ in setting.set({ diagnose($0) }) }, useDefault: { setting.set(nil) }))
        return setting
    }

    private func duration(
        _ name: String, default number: Double, isZeroAllowed: Bool, _ summary: String
    ) -> Setting<Duration> {
        add(
            name, "<seconds>", "\(summary) (default \(decimal(number)))",
            parse: { text in
                let number = try seconds(text)
                // A limit such as 0.0000000001 would be rounded to 0, and 0 would turn it off.
                guard number >= 0.001 || isZeroAllowed else {
                    throw ValueError("'\(text)' is too short; 0.001 is the least")
                }
                return .seconds(number)
            },
            fallback: { .seconds(number) })
    }
}
