import Console
import Protocol
import Sockets

/// An option by the name that Python and C give it.
struct NamedOption: Sendable {
    /// `SOL_SOCKET`, `IPPROTO_IP` or `IPPROTO_TCP`.
    let level: String
    /// `SO_REUSEADDR`.
    let name: String
    let id: SocketOption
    /// The layout of its value in bytes: one number, or a structure of several.
    let layout: StructLayout

    /// Every option that the table shows, by level.
    static let all = [
        NamedOption("SOL_SOCKET", "SO_TYPE", .type),
        NamedOption("SOL_SOCKET", "SO_ERROR", .error),
        NamedOption("SOL_SOCKET", "SO_REUSEADDR", .reuseAddress),
        NamedOption("SOL_SOCKET", "SO_REUSEPORT", .reusePort),
        NamedOption("SOL_SOCKET", "SO_KEEPALIVE", .keepAlive),
        NamedOption("SOL_SOCKET", "SO_BROADCAST", .broadcast),
        NamedOption("SOL_SOCKET", "SO_DONTROUTE", .dontRoute),
        NamedOption("SOL_SOCKET", "SO_OOBINLINE", .outOfBandInline),
        NamedOption("SOL_SOCKET", "SO_LINGER", .linger, "ii"),
        NamedOption("SOL_SOCKET", "SO_RCVBUF", .receiveBuffer),
        NamedOption("SOL_SOCKET", "SO_SNDBUF", .sendBuffer),
        NamedOption("SOL_SOCKET", "SO_RCVLOWAT", .receiveLowWater),
        NamedOption("SOL_SOCKET", "SO_RCVTIMEO", .receiveTimeout, "ll"),
        NamedOption("SOL_SOCKET", "SO_SNDTIMEO", .sendTimeout, "ll"),
        NamedOption("IPPROTO_IP", "IP_TOS", .typeOfService),
        NamedOption("IPPROTO_IP", "IP_TTL", .timeToLive),
        NamedOption("IPPROTO_TCP", "TCP_NODELAY", .noDelay),
        NamedOption("IPPROTO_TCP", "TCP_MAXSEG", .maximumSegment),
        NamedOption("IPPROTO_TCP", "TCP_KEEPIDLE", .keepAliveIdle),
        NamedOption("IPPROTO_TCP", "TCP_KEEPINTVL", .keepAliveInterval),
        NamedOption("IPPROTO_TCP", "TCP_KEEPCNT", .keepAliveCount),
    ].compactMap { $0 }

    private init?(_ level: String, _ name: String, _ id: SocketOption, _ format: String = "i") {
        guard let layout = try? StructLayout(format) else { return nil }
        self.level = level
        self.name = name
        self.id = id
        self.layout = layout
    }

    /// The option's line in the table: level, name, value; a structure's fields with commas.
    func row(showing bytes: [UInt8]) -> String {
        var input = ByteQueue()
        input.append(bytes)
        let value = layout.fields.map { "\($0.integer(in: input))" }.joined(separator: ",")
        return level.padded(to: 13) + name.padded(to: 15) + value
    }
}

/// An option with its new value.
struct OptionChange: CustomStringConvertible {
    enum Value: Equatable {
        /// For an option that is an integer.
        case number(Int)
        /// For an option that is a structure in C: its bytes.
        case structure([UInt8])
    }

    let option: NamedOption
    let value: Value
    /// `IP_TTL to 5`.
    let description: String

    /// Reads `SO_REUSEADDR 1 SO_LINGER 1,3`.
    ///
    /// - Throws: `UsageError` for a name that is not in the table, or a value that does not fit it.
    static func all(_ arguments: [String]) throws -> [OptionChange] {
        try stride(from: 0, to: arguments.count, by: 2).map { index in
            let name = arguments[index]
            guard let option = NamedOption.all.first(where: { $0.name == name }) else {
                throw UsageError(
                    "no option '\(name)'; there are "
                        + NamedOption.all.map(\.name).joined(separator: " "))
            }
            guard index + 1 < arguments.count else { throw UsageError("missing value of \(name)") }
            let text = arguments[index + 1]
            return OptionChange(
                option: option, value: try option.value(text), description: "\(name) to \(text)")
        }
    }
}

extension NamedOption {
    /// Makes the value of `text`: `1`, or the fields of a structure with commas between.
    fileprivate func value(_ text: String) throws(UsageError) -> OptionChange.Value {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        var values: [StructValue] = []
        for case let number? in numbers { values.append(.integer(Int128(number))) }
        guard values.count == numbers.count, let bytes = try? layout.pack(values) else {
            let fields = layout.fields.count
            throw UsageError(
                "\(name): '\(text)' is not "
                    + (fields == 1 ? "a number that fits" : "\(fields) numbers, as in 1,3"))
        }
        if numbers.count == 1, let number = numbers.first ?? nil { return .number(number) }
        return .structure(bytes)
    }
}

extension String {
    /// The text with blanks up to a column's width.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
