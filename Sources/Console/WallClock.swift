import CSystem

/// Tells the date and the time in the zone of `TZ`: the system's, or one fixed moment.
public struct WallClock: Equatable, Sendable {
    /// The moments at which a clock can be fixed: the years 1 to 9999 in Greenwich.
    public static let seconds = -62_135_596_800...253_402_300_799

    private let moment: Int?

    /// Makes a clock.
    ///
    /// - Parameter moment: The Unix time that it always shows, in seconds; nil for the system's
    ///   clock.
    public init(at moment: Int? = nil) {
        self.moment = moment
        // POSIX does not promise that localtime_r reads TZ itself.
        tzset()
    }

    /// The Unix time now, in seconds.
    ///
    /// C function: `time(3)`.
    public var now: Int {
        moment ?? Int(CSystem.time(nil))
    }

    /// The time since the beginning of 1970, finer than seconds unless the clock is stopped.
    ///
    /// C function: `clock_gettime(2)` with `CLOCK_REALTIME`.
    public var sinceEpoch: Duration {
        if let moment { return .seconds(moment) }
        let time = system_wall_time()
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Returns the date now: `2026-11-21`.
    public func date() -> String {
        guard let moment = localMoment else { return "" }
        return "\(Int(moment.tm_year) + 1_900)-"
            + twoDigitsEach(moment.tm_mon + 1, moment.tm_mday, separator: UInt8(ascii: "-"))
    }

    /// Returns the time of day now, 24 hours: `23:59:59`.
    public func time() -> String {
        guard let moment = localMoment else { return "" }
        return twoDigitsEach(
            moment.tm_hour, moment.tm_min, moment.tm_sec, separator: UInt8(ascii: ":"))
    }

    /// Returns the time now in a `strftime` format.
    ///
    /// - Parameters:
    ///   - format: Any text; `%` begins a conversion. A zero byte stands for itself.
    ///   - limit: The greatest length of the result, in bytes.
    /// - Returns: nil if the result would be longer than `limit`.
    ///
    /// C function: `strftime(3)`.
    public func text(format: String, limit: Int = 65_536) -> String? {
        guard let moment = localMoment else { return nil }
        var result: [UInt8] = []
        let pieces = format.utf8.split(separator: 0, omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
            if index > 0 { result.append(0) }
            let room = limit - result.count
            guard room >= 0, let text = Self.text(of: moment, Array(piece), limit: room) else {
                return nil
            }
            result += text
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The moment in the zone of `TZ`; nil only for a year that C cannot hold.
    private var localMoment: tm? {
        var seconds = time_t(now)
        var moment = tm()
        return localtime_r(&seconds, &moment) == nil ? nil : moment
    }

    /// Writes numbers from 0 to 99 with two digits each. It is made for speed: a server may be
    /// asked hundreds of thousands of times a second.
    private func twoDigitsEach(_ numbers: Int32..., separator: UInt8) -> String {
        String(unsafeUninitializedCapacity: 3 * numbers.count) { text in
            for (index, number) in numbers.enumerated() {
                text[3 * index] = UInt8(ascii: "0") + UInt8(number / 10)
                text[3 * index + 1] = UInt8(ascii: "0") + UInt8(number % 10)
                text[3 * index + 2] = separator
            }
            return 3 * numbers.count - 1
        }
    }

    private static func text(of moment: tm, _ format: [UInt8], limit: Int) -> [UInt8]? {
        // strftime returns 0 for an empty result and for one that is too long. A blank in front
        // tells the two apart.
        let marked = ([UInt8(ascii: " ")] + format + [0]).map(CChar.init(bitPattern:))
        var moment = moment
        // The blank in front and the zero byte at the end take two more bytes. The buffer is not
        // filled with zeros first, for a format may hold thousands of pieces.
        let text = [UInt8](unsafeUninitializedCapacity: limit + 2) { buffer, length in
            length = buffer.withMemoryRebound(to: CChar.self) {
                strftime($0.baseAddress, limit + 2, marked, &moment)
            }
        }
        return text.isEmpty ? nil : Array(text.dropFirst())
    }
}
