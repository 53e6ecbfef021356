/// The address of a server, like the tuple that Python's `bind` and `connect` take.
///
/// The host is an IPv4 or IPv6 address, or a name that is not looked up yet. The port is 0 to
/// 65535; 0, at a server, lets the system choose.
public typealias Endpoint = (host: String, port: Int)

extension Program {
    /// Declares a server's `[<address>] <port>`; a single argument is the port.
    ///
    /// - Parameters:
    ///   - host: The address if none is given.
    ///   - port: The port if no argument is given; nil if the port must be given.
    public func listeningEndpoint(
        host: String = "0.0.0.0", port: Int? = nil
    ) -> Setting<Endpoint> {
        addEndpoint(
            usage: "[<address>] <port>", isOptional: port != nil,
            address: "where to listen: IPv4, IPv6 or a name (default \(host))",
            port: "0 to 65535; 0 lets the system choose" + (port.map { " (default \($0))" } ?? ""),
            example: (host == "0.0.0.0" ? "127.0.0.1" : host, port ?? 12_000)
        ) { given in
            switch given.count {
            case 0:
                guard let port else { throw UsageError("missing <port>") }
                return (host, port)
            case 1: return (host, try parsePort(given[0], in: 0...65_535))
            default: return try parseEndpoint(given, in: 0...65_535)
            }
        }
    }

    /// Declares a server's `<address> <port>`; both must be given.
    public func requiredListeningEndpoint() -> Setting<Endpoint> {
        addEndpoint(
            usage: "<address> <port>", isOptional: false,
            address: "where to listen: IPv4, IPv6 or a name",
            port: "0 to 65535; 0 lets the system choose"
        ) { try parseEndpoint($0, in: 0...65_535) }
    }

    /// Declares a client's `<address> <port>`; both must be given.
    public func serverEndpoint() -> Setting<Endpoint> {
        addEndpoint(
            usage: "<address> <port>", isOptional: false,
            address: "where the server is: IPv4, IPv6 or a name", port: "1 to 65535"
        ) { try parseEndpoint($0, in: 1...65_535) }
    }

    /// Declares a client's `[<address> <port>]`: the user gives both, or neither.
    ///
    /// - Parameters:
    ///   - host: The server's address if nothing is given.
    ///   - port: The server's port if nothing is given.
    public func serverEndpoint(host: String, port: Int) -> Setting<Endpoint> {
        addEndpoint(
            usage: "<address> <port>", isOptional: true,
            address: "where the server is: IPv4, IPv6 or a name (default \(host))",
            port: "1 to 65535 (default \(port))", example: (host, port)
        ) { given in
            guard !given.isEmpty else { return (host, port) }
            return try parseEndpoint(given, in: 1...65_535)
        }
    }

    private func addEndpoint(
        usage: String, isOptional: Bool, address: String, port: String,
        example: Endpoint = ("127.0.0.1", 12_000),
        parse: @escaping ([String]) throws -> Endpoint
    ) -> Setting<Endpoint> {
        let setting = Setting<Endpoint>()
        grammar.add(
            Grammar.Operand(
                usage: usage, isOptional: isOptional, maximum: 2,
                explanations: [("<address>", address), ("<port>", port)],
                example: "\(example.host) \(example.port)",
                take: { setting.set(try parse($0)) }))
        return setting
    }
}

private func parseEndpoint(
    _ given: [String], in range: ClosedRange<Int>
) throws(UsageError) -> Endpoint {
    guard let host = given.first else { throw UsageError("missing <address> and <port>") }
    guard !host.isEmpty else { throw UsageError("<address>: it is empty") }
    if host.hasPrefix("["), host.hasSuffix("]") {
        let address = host.dropFirst().dropLast()
        throw UsageError("<address>: it stands without brackets here: \(address)")
    }
    guard given.count > 1 else { throw UsageError("missing <port> after '\(host)'") }
    return (host, try parsePort(given[1], in: range))
}

private func parsePort(
    _ text: String, in range: ClosedRange<Int>
) throws(UsageError) -> Int {
    do {
        return try wholeNumber(text, in: range)
    } catch {
        throw UsageError("<port>: \(error)")
    }
}
