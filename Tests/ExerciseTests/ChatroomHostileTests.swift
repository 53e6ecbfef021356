import Foundation
import Testing

/// The chatroom with hostile, many, and naive members.
struct ChatroomHostileTests {
    @Test func everyLineHasTheRightCountWhoeverSeesIt() throws {
        let count = 200
        try withChatroomServer { server, port in
            let members = try (0..<count).map { number in
                let member = try RawClient(port: port)
                try member.send("m\(number)\n")
                return member
            }
            // Each member hears all lines after its own login, in the same order as the others.
            let comings = try members.map { member in
                var lines: [String] = []
                repeat {
                    lines.append(try member.receiveLine())
                } while !(lines.last ?? "").hasSuffix("=\(count)")
                return lines
            }
            let all = try #require(comings.first { $0.count == count })
            for (index, line) in all.enumerated() {
                #expect(line.hasPrefix("Server: time=10.01 m"))
                #expect(line.hasSuffix(" has joined. Member count=\(index + 1)"))
            }
            for (number, lines) in comings.enumerated() {
                #expect(lines == Array(all.suffix(lines.count)))
                #expect(lines[0].contains(" m\(number) has joined. "))
            }

            for (number, member) in members.enumerated() {
                if number.isMultiple(of: 2) { try member.send("quit\n") }
                member.shutdownSending()
            }
            let goings = try members.map {
                String(decoding: try $0.receiveToEnd(), as: UTF8.self)
                    .split(separator: "\n").map(String.init)
            }
            let rest = try #require(goings.max { $0.count < $1.count })
            #expect(rest.count == count - 1)
            for (index, line) in rest.enumerated() {
                #expect(line.hasPrefix("Server: time=10.01 m"))
                #expect(line.hasSuffix(" has left. Member count=\(count - 1 - index)"))
            }
            for lines in goings { #expect(lines == Array(rest.prefix(lines.count))) }
            members.forEach { $0.close() }
            try server.waitForText(" left\n", times: count)
        }
    }

    @Test func theCountIsRightWhileSomeComeAndOthersGo() throws {
        let (count, atOnce) = (200, 30)
        try withChatroomServer { server, port in
            let observer = try RawClient(entering: server, as: "observer", count: 1)
            var members: [RawClient] = []
            var first: [String] = []
            for number in 0..<count + atOnce {
                if number < count {
                    members.append(try RawClient(port: port))
                    try members[number].send("m\(number)\n")
                }
                guard number >= atOnce else { continue }
                // The member leaves after its first line, for then it is in.
                let leaver = members[number - atOnce]
                first.append(try leaver.receiveLine())
                switch number % 4 {
                case 0: try leaver.send("quit\n")
                case 1: leaver.shutdownSending()
                case 2: leaver.close()
                default: leaver.reset()
                }
            }

            let told = try (0..<2 * count).map { _ in try observer.receiveLine() }
            var present = 1
            for line in told {
                present += line.contains(" has joined. ") ? 1 : -1
                #expect(line.hasSuffix(". Member count=\(present)"))
            }
            #expect(present == 1)
            // Each member has heard the same lines, after its own login.
            for (number, member) in members.enumerated() {
                let start = try #require(told.firstIndex(of: first[number]))
                #expect(first[number].contains(" m\(number) has joined. "))
                guard (number + atOnce) % 4 < 2 else { continue }
                let rest = String(decoding: try member.receiveToEnd(), as: UTF8.self)
                    .split(separator: "\n").map(String.init)
                #expect(rest == Array(told[(start + 1)...].prefix(rest.count)))
            }
        }
    }

    @Test func aGoodMemberNoticesNothingOfTheOthers() throws {
        try withChatroomServer { server, _ in
            let good = try RawClient(entering: server, as: "good", count: 1)
            let cases = try HostileCases(against: server, exchange: greeting(good))
            let half = Array("hel".utf8)
            let refusal = Array("error: a name holds no colon\n".utf8)
            try cases.byteAtATime(Array("x:\n".utf8), replies: refusal)
            try cases.manyInOneSegment(Array("x:\nx:\nquit\nx:\n".utf8), replies: refusal + refusal)
            try cases.resetInMidMessage(Array("\nhel".utf8))
            try cases.probes()
            try cases.silentPeers()
            try cases.stalledPeers(Array("\nhel".utf8))
            try cases.dribblingPeers(half)
            // Half a name at the end of the stream is a name: they come and go one after another.
            try cases.halfAMessage(half)
            try cases.crowd()
            #expect(!server.standardOutput.contains("good left"))
        }
    }

    @Test func noiseHarmsNobody() throws {
        try withChatroomServer { server, port in
            // Each time there is a new pair: noise may log in, and is passed on to the members.
            let number = Counter()
            let cases = try HostileCases(against: server) { peer in
                let good = try RawClient(port: port)
                let name = "good \(number.next())"
                try good.send("\(name)\n")
                while try !good.receiveLine().contains(" \(name) has joined. ") {}
                try greeting(good, number)(peer)
                good.close()
            }
            try cases.randomBytes(from: 4, count: 1 << 16)
        }
    }

    @Test func manyMessagesInOneSegmentAndAByteAtATimeStaySeparate() throws {
        try withChatroomServer { server, port in
            let good = try RawClient(entering: server, as: "good", count: 1)
            let lines = (0..<100).map { "line \($0)" }
            let text = "talker\n" + lines.map { $0 + "\n" }.joined() + "quit\n"
            for sendsInPieces in [false, true] {
                let talker = try RawClient(port: port)
                if sendsInPieces { try talker.sendInPieces(text) } else { try talker.send(text) }
                try good.expectLine("Server: time=10.01 talker has joined. Member count=2")
                for line in lines { try good.expectLine("talker: \(line)") }
                try good.expectLine("Server: time=10.01 talker has left. Member count=1")
                #expect(
                    try talker.receiveToEnd()
                        == Array("Server: time=10.01 talker has joined. Member count=2\n".utf8))
            }
        }
    }

    @Test func thoseWhoNeverReadAreCutOffAndNobodyElseNotices() throws {
        try withChatroomServer { server, port in
            let good = try RawClient(entering: server, as: "good", count: 1)
            let deaf = try (0..<20).map {
                try RawClient(
                    entering: server, as: "deaf \($0)", count: $0 + 2, receiveBuffer: 4_096)
            }
            let talker = try RawClient(entering: server, as: "talker", count: 22)
            let text = String(repeating: "x", count: 4_096)
            for number in 0..<400 {
                try talker.send("\(number)\n\(text)\n")
                try good.wait(for: "talker: \(number)")
                try good.wait(for: "talker: \(text)")
            }
            try server.waitForText(" left\n", times: 20)
            for member in deaf {
                let error = #expect(throws: RawSocketError.self) { try member.receiveToEnd() }
                #expect(error?.code == ECONNRESET)
                member.close()
            }
            let reason = "does not read; cut off with 1 MiB waiting"
            for number in 0..<20 {
                try server.waitForLine(
                    on: .standardError, containing: "chatroom-server: deaf \(number): \(reason)")
            }
            #expect(server.standardError.components(separatedBy: "cut off").count == 21)
            // The talker has heard of all these members, and nothing else.
            for index in 0..<20 {
                #expect(
                    try talker.receiveLine().hasSuffix(" has left. Member count=\(21 - index)"))
            }
            try good.send("well?\n")
            try talker.expectLine("good: well?")
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withChatroomServer(descriptorLimit: 64) { server, _ in
            let good = try RawClient(entering: server, as: "good", count: 1)
            let cases = try HostileCases(against: server, exchange: greeting(good))
            try cases.outOfDescriptors(limit: 64)
            try cases.descriptorsRunOut(limit: 64)
            #expect(server.standardError.components(separatedBy: "cannot accept").count <= 6)
        }
    }

    @Test(.requiresPython) func naiveClientsMeetOurServer() throws {
        try withChatroomServer(["--pause", "0.25"]) { server, port in
            let address = ["127.0.0.1", "\(port)"]
            try PythonPeer.with("chatroom_client", address) { batman in
                try batman.write("Batman\n")
                try batman.waitForLine(containing: "Batman has joined. Member count=1")
                try PythonPeer.with("chatroom_client", address) { robin in
                    try robin.write("Robin\n")
                    try batman.waitForLine(containing: "Robin has joined. Member count=2")
                    try batman.write("hello Robin\n")
                    try robin.waitForLine(containing: "Batman: hello Robin")
                    try robin.write("hello Batman\n")
                    try batman.waitForLine(containing: "Robin: hello Batman")
                    try robin.write("quit\n")
                    #expect(try robin.waitForExit() == 0)
                    try batman.waitForLine(containing: "Robin has left. Member count=1")
                }
            }
        }
    }

    /// One exchange: a newcomer with a name of its own greets `good`, and `good` answers.
    private func greeting(
        _ good: RawClient, _ count: Counter = Counter()
    ) -> (RawClient) throws -> Void {
        return { peer in
            let number = count.next()
            try peer.send("peer \(number)\nhello\n")
            try good.wait(for: "peer \(number): hello")
            try good.send("hello \(number)\n")
            while try !peer.receiveLine().hasSuffix(": hello \(number)") {}
        }
    }
}

/// Counts the newcomers, so that each has a free name.
private final class Counter {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
