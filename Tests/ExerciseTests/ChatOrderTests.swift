import Foundation
import Testing

/// In a crowd everyone talks at once, and everyone hears the others in the same order.
struct ChatOrderTests {
    @Test func everyoneHearsAllOthersInOneOrder() throws {
        let (memberCount, messageCount) = (300, 100)
        try withChatServer { server, port in
            let members = try (0..<memberCount).map { number in
                let member = try RawClient(port: port)
                try member.send("m\(number)\n")
                return member
            }
            try server.waitForText(" joined\n", times: memberCount)
            let observer = try RawClient(joining: server, as: "observer")
            for round in 0..<messageCount {
                for member in members { try member.send("\(round)\n") }
            }

            let streams = try receiveToSilence(
                [observer] + members, lines: memberCount * messageCount, server)
            let heard = String(decoding: streams[0], as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(heard.count == memberCount * messageCount)
            // For each author, the places of their lines among those that the observer heard.
            var places: [Substring: [Range<Int>]] = [:]
            var start = 0
            for line in heard {
                let author = line.prefix { $0 != " " }
                let end = start + line.utf8.count + 1
                #expect(line.dropFirst(author.count + 1) == "\(places[author]?.count ?? 0)")
                places[author, default: []].append(start..<end)
                start = end
            }
            for number in members.indices {
                let own = places["[m\(number)]"] ?? []
                #expect(own.count == messageCount)
                #expect(streams[number + 1] == streams[0].leavingOut(own))
            }
        }
    }

    /// Receives from all at once, until each has all its lines.
    ///
    /// - Parameter lines: As many as the first of `clients` hears; the others do not hear theirs.
    private func receiveToSilence(
        _ clients: [RawClient], lines: Int, _ server: Running
    ) throws -> [[UInt8]] {
        let own = lines / (clients.count - 1)
        var streams = [[UInt8]](repeating: [], count: clients.count)
        var missing = clients.indices.map { $0 == 0 ? lines : lines - own }
        var entries = clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var open = clients.count
        while open > 0 {
            guard poll(&entries, nfds_t(entries.count), Int32(patience * 1000)) > 0 else {
                throw server.failure("nothing more comes; \(missing) lines are missing")
            }
            for index in entries.indices where entries[index].revents != 0 {
                let count = recv(clients[index].descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { throw server.failure("m\(index - 1) was cut off") }
                streams[index] += buffer[..<count]
                missing[index] -= buffer.newlines(in: count)
                guard missing[index] <= 0 else { continue }
                entries[index].fd = -1
                open -= 1
            }
        }
        return streams
    }
}

extension [UInt8] {
    /// How many of the first `count` bytes are newlines.
    fileprivate func newlines(in count: Int) -> Int {
        withUnsafeBufferPointer { bytes in
            var found = 0
            for index in 0..<count where bytes[index] == 0x0A { found += 1 }
            return found
        }
    }

    /// The bytes without those in `ranges`, which are in order.
    fileprivate func leavingOut(_ ranges: [Range<Int>]) -> [UInt8] {
        var rest: [UInt8] = []
        var start = 0
        for range in ranges {
            rest += self[start..<range.lowerBound]
            start = range.upperBound
        }
        return rest + self[start...]
    }
}
