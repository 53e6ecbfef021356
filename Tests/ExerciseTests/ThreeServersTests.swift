import Foundation
import Testing

/// An iterative server, a threaded one and one with `select`, each with the same two clients: the
/// picture of them in Exercises.md, made from what the clients saw.
struct ThreeServersTests {
    private static let picture = "Tests/Transcripts/three-servers.svg"

    @Test func thePictureShowsWhatHappens() throws {
        let date = ["127.0.0.1", "0", "--at", "1795305599", "--pause", "0"]
        let iterative = try events(
            of: "strftime-server", date, asking: ["%Y\n", "%H\n", "%A\n"], servesBoth: false)
        let threaded = try events(
            of: "threaded-server", date, asking: ["%Y\n", "%H\n", "%A\n"], servesBoth: true)
        let selecting = try events(
            of: "select-server", ["127.0.0.1", "0"], asking: ["one", "two", "three"],
            servesBoth: true)
        #expect(iterative.last == .leaves(client: 2))
        #expect(threaded.last == .leaves(client: 1) && selecting.last == .leaves(client: 1))

        var chart = ServiceChart(steps: iterative.count)
        chart.add("strftime-server", "one client after another", iterative)
        chart.add("threaded-server", "a thread for each client", threaded)
        chart.add("select-server", "one thread, which waits for all clients at once", selecting)
        if ProcessInfo.processInfo.environment["SOCKET_LABS_PICTURES"] == "update" {
            let file = Package.folder.appendingPathComponent(Self.picture)
            try chart.svg.write(to: file, atomically: true, encoding: .utf8)
        }
        let isSame = try chart.svg == Package.text(of: Self.picture)
        #expect(isSame, "SOCKET_LABS_PICTURES=update swift test --filter ThreeServers draws it")
    }

    /// Plays the two clients: the first one asks twice, the second one once in between.
    ///
    /// - Parameters:
    ///   - questions: In the order in which they are asked.
    ///   - servesBoth: Whether the second client is answered while the first one stays.
    private func events(
        of name: String, _ arguments: [String], asking questions: [String], servesBoth: Bool
    ) throws -> [ServiceChart.Event] {
        try withProgram(name, arguments, environment: ["TZ": "UTC"]) { server in
            let port = try server.listeningPort()
            var seen = Witness(questions: questions, port: port)
            try seen.ask(1)
            try seen.beAnswered(1)
            try seen.ask(2)
            if servesBoth {
                try seen.beAnswered(2)
                try seen.leave(2)
            }
            try seen.ask(1)
            try seen.beAnswered(1)
            try seen.leave(1)
            if !servesBoth {
                try seen.beAnswered(2)
                try seen.leave(2)
            }
            return seen.events
        }
    }
}

/// Two clients, and the events that they have seen so far.
private struct Witness {
    private(set) var events: [ServiceChart.Event] = []
    private var questions: ArraySlice<String>
    private let port: Int
    private var clients: [Int: RawClient] = [:]

    init(questions: [String], port: Int) {
        self.questions = questions[...]
        self.port = port
    }

    /// Sends the next question, and connects before if this is the client's first one.
    mutating func ask(_ number: Int) throws {
        let client = try clients[number] ?? RawClient(port: port)
        clients[number] = client
        let next = questions.popFirst()
        let question = try #require(next)
        try client.send(question)
        events.append(.asks(client: number, question.trimmed))
    }

    /// Waits for the answer. Nobody else may have an answer that is not noted yet.
    mutating func beAnswered(_ number: Int) throws {
        let answer = try #require(clients[number]).receiveOnce()
        for (other, client) in clients where other != number {
            let isAnswered = isReady(client.descriptor, for: Int32(POLLIN), by: Date())
            #expect(!isAnswered, "client \(other) was answered first")
        }
        events.append(
            .isAnswered(client: number, String(decoding: answer, as: UTF8.self).trimmed))
    }

    /// Ends the connection, and waits until the server has ended it, too.
    mutating func leave(_ number: Int) throws {
        let client = try #require(clients[number])
        clients[number] = nil
        client.shutdownSending()
        #expect(try client.receiveToEnd() == [])
        client.close()
        events.append(.leaves(client: number))
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .newlines) }
}
