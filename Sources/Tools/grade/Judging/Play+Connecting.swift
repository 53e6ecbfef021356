import Console
import Conversations
import Sockets

extension Play {
    // MARK: Starting and connecting

    /// A program needs longer to start than to answer.
    var startPatience: Duration { patience * 2 }

    func startServer() throws(Miss) {
        if let given = contest.port {
            port = given
            // It has to notice that the clients of the case before have left.
            sleep(for: .milliseconds(200))
            return note("the server runs already")
        }
        try takePort()
        programs["server"] = try RunningSubject(self, [:])
        note("the server starts")
    }

    func startClient(_ name: String, _ values: [String: String]) throws(Miss) {
        if listener == nil { try listen() }
        programs[name] = try RunningSubject(self, values)
        note("client \(name) starts")
    }

    private func listen() throws(Miss) {
        try takePort()
        do {
            let isDatagram = exam.exercise?.transport == .udp
            let socket = try Socket(.ipv4, isDatagram ? .datagram : .stream)
            try socket.setOption(.reuseAddress, to: 1)
            guard let address = SocketAddress(contest.host, port: port) else { return }
            try socket.bind(to: address)
            if !isDatagram { try socket.listen() }
            listener = socket
        } catch {
            throw .notJudged("\(error)")
        }
    }

    /// Connects a client of the judge's.
    ///
    /// - Parameters:
    ///   - speaksFirst: Its first bytes travel with the handshake, for servers that read right
    ///     after the accept without waiting.
    ///   - hasLittleRoom: The systems keep little for it that it does not read.
    func connect(
        _ name: String, speaksFirst: Bool = false, hasLittleRoom: Bool = false
    ) throws(Miss) {
        if exam.exercise?.transport == .udp { return try addDatagrams(of: name) }
        guard let address = try? SocketAddress.resolve((contest.host, port))[0] else {
            throw .notJudged("\(contest.host) has no address")
        }
        let start = Instant.now
        var elsewhere: Instant?
        while true {
            do throws(SocketError) {
                let socket = try Socket(address.family, .stream)
                try socket.setTimeout(patience)
                if speaksFirst { socket.sendWithHandshake() }
                if hasLittleRoom {
                    try? socket.setOption(.receiveBuffer, to: 4_096)
                    // The other side's buffer grows with the size of its segments.
                    try? socket.setOption(.maximumSegment, to: 536)
                }
                try socket.connect(to: address)
                try? socket.setOption(.noDelay, to: 1)
                // An answer of another program would be nobody's fault.
                metRival = metRival || (takenPort != nil && programs["server"]?.hasRival == true)
                add(Peer(name, socket))
                return note(.connects, name)
            } catch {
                // A server that ends while a client connects resets it.
                guard error.isRefused || error.isTimeout || error.isDisconnection else {
                    throw .notJudged("\(error)")
                }
                try checkListening(since: start, elsewhere: &elsewhere)
                sleep(for: .milliseconds(10))
            }
        }
    }

    /// Tells why nobody listens, once it is clear.
    ///
    /// - Parameter elsewhere: When the program was first seen to listen somewhere.
    func checkListening(since start: Instant, elsewhere: inout Instant?) throws(Miss) {
        let wanted = "it listens at the port that it was given"
        let isLate = Instant.now - start > startPatience
        guard let program = programs["server"] else {
            guard isLate else { return }
            throw .notJudged("nobody listens at \(contest.host):\(port); start the server first")
        }
        if let ending = program.ending {
            throw Miss(wanted: wanted, got: "the program \(ending.words)", .exit)
        }
        // Only after a while, since the system tells this slowly; and twice, since the program may
        // have begun to listen after the last try to connect.
        if Instant.now - (elsewhere ?? start) > .seconds(1) {
            let ports = program.listeningPorts
            if elsewhere != nil, ports.contains(port) {
                throw Miss(wanted: wanted, got: "it listens at this port of another address")
            }
            if elsewhere != nil, !ports.isEmpty {
                throw Miss(
                    wanted: wanted, got: "it listens at another port",
                    cause: ports == [port + 1] ? "it adds 1 to the port" : nil)
            }
            elsewhere = ports.isEmpty ? nil : .now
        }
        guard isLate else { return }
        throw Miss(
            wanted: wanted, got: "nobody listens there", .silence,
            cause: program.waitsForKeyboard ? "it waits for the keyboard" : nil)
    }

    func accept(_ name: String) throws(Miss) {
        guard let listener else { throw .notJudged("nobody listens for \(name)") }
        if exam.exercise?.transport == .udp { return try awaitDatagram(of: name, at: listener) }
        let end = Instant.now + startPatience + exam.waits
        let program = try program(name)
        while true {
            do throws(SocketError) {
                if try listener.waitUntilReady(for: .reading, until: .now + .milliseconds(20)),
                    let (client, _) = try listener.accept()
                {
                    try client.setTimeout(patience)
                    try? client.setOption(.noDelay, to: 1)
                    add(Peer(name, client))
                    return note(.connects, name)
                }
            } catch {
                throw .notJudged("\(error)")
            }
            let wanted = "it connects to the address that it was given"
            if let ending = program.ending {
                throw Miss(wanted: wanted, got: "the program \(ending.words)", .exit)
            }
            guard .now < end else {
                throw Miss(
                    wanted: wanted, got: "no connection", .silence,
                    cause: program.waitsForKeyboard ? "it waits for the keyboard" : nil)
            }
        }
    }
}
