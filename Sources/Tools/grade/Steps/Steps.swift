import Console
import Conversations
import Sockets

extension Step {
    // MARK: The program

    /// The program starts; a server gets a free port.
    static let starts = Step("the server starts") { play throws(Miss) in
        try play.startServer()
    }

    /// The judge listens, and the client starts.
    static func clientStarts(_ name: String = "A", _ values: [String: String] = [:]) -> Step {
        Step("client \(name) starts") { play throws(Miss) in
            try play.startClient(name, values)
        }
    }

    /// The user types a text; its line end belongs to it.
    static func types(_ text: String, at name: String) -> Step {
        Step("the user types \(text.quotedLine)") { play throws(Miss) in
            play.note("the user types \(text.quotedLine)" + play.owner(name))
            try play.program(name).type(text)
        }
    }

    /// The keyboard's input ends.
    static func inputEnds(at name: String) -> Step {
        Step("its input ends") { play throws(Miss) in
            play.note("its input ends" + play.owner(name))
            try play.program(name).endInput()
        }
    }

    /// The program prints something with all of these in it, in this order.
    static func prints(_ texts: String..., at name: String = "server") -> Step {
        Step("it prints \(texts.map { "\"\($0)\"" }.joined(separator: ", "))") {
            play throws(Miss) in
            try play.expectOutput(of: name, "\(texts.joined(separator: " … "))") { output in
                var rest = output[...]
                for text in texts {
                    guard let range = rest.firstRange(of: text) else { return false }
                    rest = rest[range.upperBound...]
                }
                return true
            }
        }
    }

    /// Somebody types Ctrl-C.
    static func interrupts(_ name: String = "server") -> Step {
        Step("Ctrl-C") { play throws(Miss) in
            play.note("Ctrl-C" + play.owner(name))
            try play.program(name).interrupt()
        }
    }

    /// The program ends by itself.
    static func exits(_ name: String, within extra: Duration = .zero) -> Step {
        Step("it ends by itself") { play throws(Miss) in
            _ = try play.expectExit(of: name, within: extra)
        }
    }

    // MARK: Connections

    /// A client of the judge's connects.
    static func connects(_ client: String) -> Step {
        Step("\(client) connects") { play throws(Miss) in try play.connect(client) }
    }

    /// The client that is judged connects to the judge.
    static func accepts(_ client: String = "A") -> Step {
        Step("\(client) connects") { play throws(Miss) in try play.accept(client) }
    }

    static func sends(_ client: String, _ words: String, _ bytes: [UInt8]) -> Step {
        Step("\(client) sends \(words)") { play throws(Miss) in
            try play.send(bytes, words, on: client)
        }
    }

    /// What comes next comes to the program in another segment.
    static func isRead(_ client: String) -> Step {
        Step("it is read") { play throws(Miss) in
            play.waitUntilRead(try play.peer(client))
        }
    }

    static func receives(_ client: String, _ wanted: @escaping @Sendable (Play) -> Wanted) -> Step {
        Step("\(client) gets the right answer") { play throws(Miss) in
            try play.receive(wanted(play), on: client)
        }
    }

    /// Nothing has come but what was taken already. A program that has sent more has done so before
    /// something that came meanwhile.
    static func hasNoMore(_ client: String) -> Step {
        Step("\(client) has got nothing else") { play throws(Miss) in
            let peer = try play.peer(client)
            _ = peer.take(until: .now)
            guard !peer.buffer.isEmpty else { return }
            throw Miss(wanted: "nothing more", got: peer.buffer.shown)
        }
    }

    /// The judge ends its direction of the stream; it still reads.
    static func halfCloses(_ client: String) -> Step {
        Step("\(client) ends its sending") { play throws(Miss) in
            try? play.peer(client).socket.shutdown(.sending)
            play.note(.ends(play.exam.side.other), client)
        }
    }

    /// The program does what the last step asks of it, before the next client asks: if that is its
    /// end, it has ended, however busy the machine is.
    static let settles = Step("the server takes it in") { play throws(Miss) in
        play.waitUntilAsleep()
    }

    /// The judge leaves: it ends its sending, and goes when the program has noticed.
    static func leaves(_ client: String) -> Step {
        Step("\(client) leaves") { play throws(Miss) in
            let peer = try play.peer(client)
            try? peer.socket.shutdown(.sending)
            // A server that meets the next client first could not know that this one has left.
            if play.exam.side == .server { peer.waitForEnd(until: play.deadline) }
            play.close(peer, .ends(play.exam.side.other))
        }
    }

    /// The judge closes a connection at once.
    static func closes(_ client: String) -> Step {
        Step("\(client) closes") { play throws(Miss) in
            play.close(try play.peer(client), .ends(play.exam.side.other))
        }
    }

    static func resets(_ client: String) -> Step {
        Step("\(client) resets") { play throws(Miss) in
            let peer = try play.peer(client)
            let program = play.programs["server"]
            let before = program?.descriptors
            peer.socket.reset()
            play.close(peer, .resets(play.exam.side.other))
            // Only the number of its descriptors shows that the program has noticed.
            let end = play.deadline
            guard let before else { return sleep(for: .milliseconds(300)) }
            while let now = program?.descriptors, now >= before, .now < end {
                sleep(for: .milliseconds(2))
            }
        }
    }

    /// The program ends a connection; what stands before the end is free.
    static func seesEnd(_ client: String) -> Step {
        Step("\(client) sees the end") { play throws(Miss) in
            try play.expectEnd(on: client, passing: true)
        }
    }
}

extension String {
    /// The text in quotes, without its line end.
    var quotedLine: String {
        let line = hasSuffix("\n") ? dropLast() : self[...]
        return "\"\(line.replacing("\n", with: "\\n"))\""
    }
}

extension Play {
    fileprivate func close(_ peer: Peer, _ kind: Record.Entry.Kind) {
        peer.socket.close()
        note(kind, peer.name)
        remove(peer.name)
    }

    /// ` at B` where several programs run.
    func owner(_ name: String) -> String { programs.count > 1 ? " at \(name)" : "" }

    func program(_ name: String) throws(Miss) -> RunningSubject {
        if contest.port != nil { throw .outOfReach() }
        guard let program = programs[name] else { throw .notJudged("\(name) does not run") }
        return program
    }

    // MARK: Output and end

    /// Waits until the program's standard output so far is right.
    func expectOutput(
        of name: String, _ wanted: String, _ isRight: @Sendable @escaping (String) -> Bool
    ) throws(Miss) {
        let program = try program(name)
        guard program.waitForOutput(within: patience, until: isRight) else {
            // Its output may end a moment before itself.
            _ = program.waitForEnd(within: program.hasEndedOutput ? patience : .zero)
            let output = program.output
            throw Miss(
                wanted: "it prints \"\(wanted)\"",
                got: output.isEmpty ? "it prints nothing" : "it prints \(program.lastOutput)",
                program.ending == nil ? .silence : .exit,
                cause: output.isEmpty && program.ending == nil
                    ? "it may print only at its end" : nil)
        }
        note("it prints \"\(wanted)\"" + owner(name))
    }

    /// Waits for the program's end.
    ///
    /// - Returns: How it has ended.
    func expectExit(of name: String, within extra: Duration = .zero) throws(Miss) -> Ending {
        let program = try program(name)
        guard let ending = program.waitForEnd(within: patience + exam.waits + extra) else {
            throw Miss(
                wanted: "the program ends by itself", got: "it runs on", .silence,
                cause: program.waitsForKeyboard ? "it waits for the keyboard" : nil)
        }
        note("the program \(ending.words)" + owner(name))
        return ending
    }
}
