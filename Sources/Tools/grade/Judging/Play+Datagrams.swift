import Console
import Conversations
import Sockets

extension Play {
    /// Gives a client of the judge's a port for its datagrams, once the program has bound its own.
    ///
    /// UDP has no connections: a datagram that comes too early is lost, and nobody tells.
    func addDatagrams(of name: String) throws(Miss) {
        guard let address = try? SocketAddress.resolve((contest.host, port))[0] else {
            throw .notJudged("\(contest.host) has no address")
        }
        let start = Instant.now
        var elsewhere: Instant?
        while let program = programs["server"], !program.hasBound(port) {
            try checkListening(since: start, elsewhere: &elsewhere)
            sleep(for: .milliseconds(10))
        }
        do {
            let peer = Peer(name, try Socket(address.family, .datagram))
            peer.target = address
            add(peer)
        } catch {
            throw .notJudged("\(error)")
        }
    }

    /// Waits until the program has sent its first datagram to the judge.
    func awaitDatagram(of name: String, at listener: Socket) throws(Miss) {
        let peer = Peer(name, listener)
        peer.target = try? listener.localAddress
        peer.followsSender = true
        let end = Instant.now + startPatience + exam.waits
        let program = try program(name)
        let wanted = "it sends a datagram to the address that it was given"
        while !peer.take(until: .now + .milliseconds(20)) {
            if let ending = program.ending {
                throw Miss(wanted: wanted, got: "the program \(ending.words)", .exit)
            }
            guard .now < end else {
                throw Miss(
                    wanted: wanted, got: "no datagram", .silence,
                    cause: program.waitsForKeyboard ? "it waits for the keyboard" : nil)
            }
        }
        add(peer)
    }
}

extension Step {
    /// Somebody else sends a datagram to the client.
    static func strangerSends(_ client: String, _ text: String) -> Step {
        Step("a stranger sends \(client) \"\(text)\"") { play throws(Miss) in
            let peer = try play.peer(client)
            play.note("a stranger sends \(client) \"\(text)\"")
            do {
                let stranger = try Socket(.ipv4, .datagram)
                try stranger.sendDatagram(Array(text.utf8), to: peer.target)
            } catch {
                throw .notJudged("\(error)")
            }
        }
    }
}
