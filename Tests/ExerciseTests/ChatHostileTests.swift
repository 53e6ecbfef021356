import Foundation
import Testing

/// The chat with hostile, many, and naive members.
struct ChatHostileTests {
    @Test func theClientTellsARefusalThoughAResetFollowsIt() throws {
        try withChatClient(["anna", "-v"]) { client, server in
            try server.send("error: not today\n")
            try client.waitForLine(containing: "error: not today")
            server.reset()
            #expect(try client.waitForExit() == 1)
            #expect(client.standardOutput == "error: not today\n")
            #expect(client.standardError.contains("connection reset by peer"))
        }
    }

    @Test func aGoodMemberNoticesNothingOfTheOthers() throws {
        try withChatServer { server, _ in
            let good = try RawClient(joining: server, as: "good")
            let cases = try HostileCases(against: server, exchange: greeting(good))
            let half = Array("hel".utf8)
            try cases.halfAMessage(half)
            let refusal = Array("error: a name holds no brackets\n".utf8)
            try cases.byteAtATime(Array("[x]\n".utf8), replies: refusal)
            try cases.manyInOneSegment(Array("[x]\na\nb\n".utf8), replies: refusal)
            try cases.resetInMidMessage(half)
            try cases.probes()
            try cases.silentPeers()
            try cases.dribblingPeers(half)
            try cases.randomBytes()
            try cases.crowd()
            #expect(!server.standardOutput.contains("good left"))
        }
    }

    @Test func manyMessagesInOneSegmentAndAByteAtATimeStaySeparate() throws {
        try withChatServer { server, port in
            let good = try RawClient(joining: server, as: "good")
            let lines = (0..<100).map { "line \($0)" }
            let text = "talker\n" + lines.map { $0 + "\n" }.joined()
            try RawClient(port: port).send(text)
            for line in lines { try good.expectLine("[talker] \(line)") }
            try server.waitForLine(containing: "talker left")
            try RawClient(port: port).sendInPieces(text)
            for line in lines { try good.expectLine("[talker] \(line)") }
        }
    }

    @Test func membersThatResetInMidMessageLeaveNoTrace() throws {
        try withChatServer { server, port in
            let good = try RawClient(joining: server, as: "good")
            for number in 0..<200 {
                let member = try RawClient(port: port)
                try member.send("m\(number)\nhello\nhal")
                try good.expectLine("[m\(number)] hello")
                member.reset()
            }
            try server.waitForText(" left\n", times: 200)
            let peer = try RawClient(port: port)
            try greeting(good)(peer)
        }
    }

    @Test func aHundredWhoNeverReadAreCutOffAndNobodyElseNotices() throws {
        try withChatServer { server, port in
            let good = try RawClient(joining: server, as: "good")
            let deaf = try (0..<100).map {
                try RawClient(joining: server, as: "deaf \($0)", receiveBuffer: 4_096)
            }
            let talker = try RawClient(joining: server, as: "talker")
            // 1 MiB, and the bytes that the kernels hold.
            let text = String(repeating: "x", count: 4_096)
            for number in 0..<400 {
                try talker.send("\(number)\n\(text)\n")
                try good.expectLine("[talker] \(number)")
                try good.expectLine("[talker] \(text)")
            }
            try server.waitForText(" left\n", times: 100)
            for member in deaf {
                let error = #expect(throws: RawSocketError.self) { try member.receiveToEnd() }
                #expect(error?.code == ECONNRESET)
                member.close()
            }
            try server.waitForLine(
                on: .standardError,
                containing: "chat-server: deaf 99: does not read; cut off with 1 MiB waiting")
            #expect(server.standardError.components(separatedBy: "cut off").count == 101)
            let peer = try RawClient(port: port)
            try greeting(good)(peer)
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withChatServer(descriptorLimit: 64) { server, _ in
            let good = try RawClient(joining: server, as: "good")
            let cases = try HostileCases(against: server, exchange: greeting(good))
            try cases.outOfDescriptors(limit: 64)
            #expect(server.standardError.components(separatedBy: "cannot accept").count <= 3)
        }
    }

    @Test(.requiresPython) func naiveClientsMeetOurServer() throws {
        try withChatServer(["--pause", "0.25"]) { server, port in
            let address = ["127.0.0.1", "\(port)"]
            try PythonPeer.with("chat_client", address + ["anna"]) { anna in
                try server.waitForLine(containing: "anna joined")
                try PythonPeer.with("chat_client", address + ["bob"]) { bob in
                    try server.waitForLine(containing: "bob joined")
                    try anna.write("hello bob\n")
                    try bob.waitForLine(containing: "[anna] hello bob")
                    try bob.write("hello anna\n")
                    try anna.waitForLine(containing: "[bob] hello anna")
                    bob.closeInput()
                    #expect(try bob.waitForExit() == 0)
                    try server.waitForLine(containing: "bob left")
                }
            }
        }
    }

    /// One exchange: a newcomer with a name of its own greets `good`, and `good` answers.
    private func greeting(_ good: RawClient) -> (RawClient) throws -> Void {
        let count = Counter()
        return { peer in
            let number = count.next()
            try peer.send("peer \(number)\nhello\n")
            try good.wait(for: "[peer \(number)] hello")
            try good.send("hello \(number)\n")
            try peer.wait(for: "[good] hello \(number)")
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
