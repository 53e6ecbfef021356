import Console
import Conversations
import Sockets

/// Steps that look at the program from outside, or bring many clients.
extension Step {
    /// The program is killed, so that the system closes its connections first.
    static let kills = Step("the server is killed") { play throws(Miss) in
        // The port stays taken for a while only if the server's side has closed first.
        try play.program("server").kill()
        play.note("the server is killed")
    }

    static let startsAgain = Step("it starts again on the same port") { play throws(Miss) in
        _ = try play.program("server").end()
        play.findings.forgetMemories()
        play.programs["server"] = try RunningSubject(play, [:])
        play.note("the server starts again on the same port")
    }

    /// Almost no processor time goes by while nobody asks anything.
    static func isIdle(_ name: String = "server") -> Step {
        Step("nobody asks anything for a second") { play throws(Miss) in
            let program = try play.program(name)
            guard let before = program.runnableTime else { return }
            let start = Instant.now
            sleep(for: .seconds(1))
            let waited = Instant.now - start
            let used = (program.runnableTime ?? before) - before
            play.note("nobody asks anything for a second")
            // A loop that sleeps in between is left alone, even one that looks every 10 ms.
            guard used > waited * 0.9 else { return }
            throw Miss(
                wanted: "the program waits", got: "it uses the processor all the time",
                cause: "it asks again and again without waiting")
        }
    }

    /// So many more clients connect and say nothing.
    static func crowd(_ count: Int) -> Step {
        Step("\(count) clients connect") { play throws(Miss) in
            try play.bring(count)
        }
    }

    /// Clients ask until nothing more goes out; none of them reads.
    static func floods(_ client: String, _ exchange: Exchange) -> Step {
        Step("\(client) asks on and on, and never reads") { play throws(Miss) in
            let peer = try play.peer(client)
            var bytes: [UInt8] = []
            while bytes.count < 65_536 { bytes += try exchange.next(play, client).bytes }
            play.note(.says(play.exam.side.other), client, "asks on and on, and never reads")
            // With little room here, the program has soon no room to send.
            try? peer.socket.setOption(.receiveBuffer, to: 4_096)
            try? peer.socket.setTimeout(.milliseconds(500))
            for _ in 0..<64 {
                do { try peer.socket.sendAll(bytes) } catch { break }
            }
            play.waitUntilStuck(peer)
        }
    }

    /// Clients come and leave; afterwards the program has as many descriptors as before.
    static func comeAndGo(
        _ count: Int, _ visit: @escaping @Sendable (_ client: String) -> [Step]
    ) -> Step {
        Step("\(count) clients come and leave") { play throws(Miss) in
            let program = try play.program("server")
            guard let before = program.descriptors else { return }
            // One that does not close lets each of them wait; a few are enough to tell.
            let last = Instant.now + play.patience * 7
            for number in 1...count where .now < last {
                for step in visit("client \(number)") { try step.perform(play) }
            }
            let end = play.deadline
            while let now = program.descriptors, now > before + 5 {
                guard Instant.now < end else {
                    throw Miss(
                        wanted: "as many open descriptors as before",
                        got: "more than 5 beyond them", .silence)
                }
                sleep(for: .milliseconds(10))
            }
        }
    }

    /// The program has ended, and nothing that it started still runs.
    static func leavesNothing(_ name: String) -> Step {
        Step("it ends and leaves no process behind") { play throws(Miss) in
            let program = try play.program(name)
            // One that does not end by itself is another case's trouble.
            _ = program.waitForEnd(within: play.patience)
            let left = program.end()
            play.programs[name] = nil
            guard let first = left.first else { return play.note("nothing is left behind") }
            throw Miss(wanted: "no process is left behind", got: "'\(first)' still runs")
        }
    }

    /// Another program has the port already.
    static let takesPort = Step("another program listens at the port") { play throws(Miss) in
        try play.occupyPort()
    }

    static let startsOnTakenPort = Step("the server starts at this port") { play throws(Miss) in
        play.programs["server"] = try RunningSubject(play, [:])
        play.note("the server starts at this port")
    }

    /// The program starts without its address and port.
    static let startsWithoutArguments = Step("the program starts without arguments") {
        play throws(Miss) in
        play.programs["server"] = try RunningSubject(play, [:], isBare: true)
        play.note("the program starts without arguments")
    }

    /// A program without arguments says what is missing, or does without them.
    static let asksForArguments = Step("it ends with a message, and not with 0, or runs") {
        play throws(Miss) in
        let program = try play.program("server")
        let end = play.deadline
        // A client may do without them, too: it asks its user.
        while program.isAlive, program.listeningPorts.isEmpty, .now < end {
            sleep(for: .milliseconds(20))
        }
        if program.isAlive { return play.note("it runs") }
        try Step.failsWithMessage("server").perform(play)
    }

    /// The client starts while nobody listens at its port.
    static func startsWithoutServer(_ name: String, _ values: [String: String]) -> Step {
        Step("client \(name) starts, and nobody listens") { play throws(Miss) in
            try play.takePort()
            play.programs[name] = try RunningSubject(play, values)
            play.note("client \(name) starts, and nobody listens")
        }
    }

    /// The program says what is wrong, and does not end with 0.
    static func failsWithMessage(_ name: String) -> Step {
        Step("it ends with a message, and not with 0") { play throws(Miss) in
            let ending = try play.expectExit(of: name, within: play.exam.waits)
            let program = try play.program(name)
            let wanted = "a message, and an exit code other than 0"
            if ending == .code(0) { throw Miss(wanted: wanted, got: "exit code 0", .exit) }
            if program.output.isEmpty, program.errors.isEmpty {
                throw Miss(wanted: wanted, got: "no message", .exit)
            }
        }
    }
}

extension Play {
    /// Waits until the program reads no more of a flood: it has read all, or is full of replies.
    fileprivate func waitUntilStuck(_ peer: Peer) {
        let end = Instant.now + patience * 3
        var last: Int?
        while let count = programs["server"]?.unreadBytes(on: peer), count > 0, .now < end {
            if count == last { return }
            last = count
            sleep(for: .milliseconds(250))
        }
    }

    fileprivate func bring(_ count: Int) throws(Miss) {
        note("\(count) clients connect")
        guard let address = SocketAddress(contest.host, port: port) else { return }
        var pause = Duration.milliseconds(1)
        for number in 1...count {
            do throws(SocketError) {
                let socket = try Socket(.ipv4, .stream)
                try socket.setTimeout(patience)
                let start = Instant.now
                try socket.connect(to: address)
                // Where few clients may wait for accept(2), those who come too fast are late by 1 s.
                if Instant.now - start > .milliseconds(500) { pause *= 2 }
                sleep(for: pause)
                add(Peer("crowd \(number)", socket))
            } catch {
                if error.isOutOfDescriptors { throw .notJudged("\(error)") }
                // How many could connect is chance; whether the program still answers is not.
                return
            }
        }
    }

    fileprivate func occupyPort() throws(Miss) {
        try takePort()
        do {
            let isDatagram = exam.exercise?.transport == .udp
            let socket = try Socket(.ipv4, isDatagram ? .datagram : .stream)
            guard let address = SocketAddress("0.0.0.0", port: port) else { return }
            try socket.bind(to: address)
            if !isDatagram { try socket.listen() }
            listener = socket
        } catch {
            throw .notJudged("\(error)")
        }
        note("another program listens at the port")
    }
}
