import Foundation
import Testing

@testable import Sockets

@Suite struct PollerTests {
    /// All that one wait finds, in the order of the tokens.
    private func events(_ poller: Poller, timeout: Duration? = .seconds(30)) throws -> [String] {
        try poller.wait(timeout: timeout)
        var found: [(token: Int, text: String)] = []
        while let event = poller.next() {
            let text = (event.isReadable ? "r" : "") + (event.isWritable ? "w" : "")
            found.append((event.token, "\(event.token)\(text)"))
        }
        return found.sorted { $0.token < $1.token }.map(\.text)
    }

    @Test(arguments: Poller.Mechanism.allCases)
    func tellsWhatIsReady(_ mechanism: Poller.Mechanism) throws {
        let poller = try Poller(mechanism)
        let (a, farA) = try connectedPair()
        let (b, farB) = try connectedPair()
        #expect(try events(poller, timeout: .zero) == [])
        try poller.add(a, for: .reading, token: 10)
        try poller.add(b, for: [.reading, .writing], token: 20)
        #expect(try events(poller) == ["20w"])
        try farA.sendAll([1])
        try farB.sendAll([1])
        for socket in [a, b] { #expect(try socket.waitUntilReady(for: .reading)) }
        // Level-triggered: an event is repeated as long as its cause lasts.
        for _ in 0..<2 { #expect(try events(poller).joined() == "10r20rw") }
        _ = try a.receive(upTo: 9)
        _ = try b.receive(upTo: 9)
        #expect(try events(poller) == ["20w"])
    }

    @Test(arguments: Poller.Mechanism.allCases)
    func followsAChangeOfInterest(_ mechanism: Poller.Mechanism) throws {
        let poller = try Poller(mechanism)
        let (socket, peer) = try connectedPair()
        try peer.sendAll([1])
        #expect(try socket.waitUntilReady(for: .reading))
        try poller.add(socket, for: .reading, token: 5)
        #expect(try events(poller) == ["5r"])
        try poller.change(socket, to: .writing)
        #expect(try events(poller) == ["5w"])
        try poller.change(socket, to: [])
        #expect(try events(poller, timeout: .zero) == [])
        try poller.change(socket, to: .reading)
        try poller.change(socket, to: .reading)
        #expect(try events(poller) == ["5r"])
        poller.remove(socket)
        poller.remove(socket)
        try poller.change(socket, to: .writing)
        #expect(try events(poller, timeout: .zero) == [])
    }

    @Test(arguments: Poller.Mechanism.allCases)
    func showsAHangUpAsReadable(_ mechanism: Poller.Mechanism) throws {
        let poller = try Poller(mechanism)
        let (ended, farEnded) = try connectedPair()
        let (broken, farBroken) = try connectedPair()
        try poller.add(ended, for: .reading, token: 1)
        try poller.add(broken, for: .reading, token: 2)
        farEnded.close()
        farBroken.reset()
        for socket in [ended, broken] { #expect(try socket.waitUntilReady(for: .reading)) }
        #expect(try events(poller) == ["1r", "2r"])
        #expect(try ended.receive(upTo: 1) == .endOfStream)
        expectFailure(.receive, ECONNRESET) { _ = try broken.receive(upTo: 1) }
    }

    /// A socket that only sends finds a failure, too, with each mechanism.
    @Test(arguments: Poller.Mechanism.allCases)
    func wakesASenderAtAReset(_ mechanism: Poller.Mechanism) throws {
        let poller = try Poller(mechanism)
        let (socket, peer) = try connectedPair()
        try socket.setBlocking(false)
        while try socket.send([UInt8](repeating: 0, count: 100_000)) != nil {}
        try poller.add(socket, for: .writing, token: 3)
        #expect(try events(poller, timeout: .zero) == [])
        peer.reset()
        #expect(try !events(poller).isEmpty)
        #expect(throws: SocketError.self) { try socket.send([1]) }
    }

    @Test(arguments: Poller.Mechanism.allCases)
    func skipsWhatWasRemovedMeanwhile(_ mechanism: Poller.Mechanism) throws {
        let poller = try Poller(mechanism)
        let pairs = try (0..<3).map { _ in try connectedPair() }
        for (token, pair) in pairs.enumerated() {
            try pair.server.sendAll([1])
            #expect(try pair.client.waitUntilReady(for: .reading))
            try poller.add(pair.client, for: .reading, token: token)
        }
        try poller.wait()
        let first = try #require(poller.next()).token
        let others = [0, 1, 2].filter { $0 != first }
        let (gone, left) = (pairs[others[0]].client, others[1])
        poller.remove(gone)
        gone.close()
        #expect(poller.next()?.token == left)
        #expect(poller.next() == nil)
        #expect(try events(poller).count == 2)
    }

    /// The descriptor becomes another socket's between the wait and the event.
    @Test(arguments: Poller.Mechanism.allCases)
    func givesNoOldEventToANewSocket(_ mechanism: Poller.Mechanism) throws {
        let poller = try Poller(mechanism)
        let (socket, peer) = try connectedPair()
        let (silent, silentPeer) = try connectedPair()
        try peer.sendAll([1])
        #expect(try socket.waitUntilReady(for: .reading))
        try poller.add(socket, for: .reading, token: 1)
        try poller.wait()
        poller.remove(socket)
        // As close and accept would, but no other test can take the number in between.
        #expect(dup2(silent.descriptor, socket.descriptor) == socket.descriptor)
        try poller.add(socket, for: .reading, token: 2)
        #expect(poller.next() == nil)
        #expect(try events(poller, timeout: .zero) == [])
        try silentPeer.sendAll([1])
        #expect(try events(poller) == ["2r"])
    }

    @Test(arguments: Poller.Mechanism.allCases)
    func waitsUntilItsTimeIsOver(_ mechanism: Poller.Mechanism) throws {
        let poller = try Poller(mechanism)
        let (socket, peer) = try connectedPair()
        try poller.add(socket, for: .reading, token: 1)
        let begin = Instant.now
        #expect(try events(poller, timeout: .milliseconds(20)) == [])
        #expect(Instant.now >= begin + .milliseconds(20))
        try peer.sendAll([1])
        #expect(try events(poller, timeout: nil) == ["1r"])
    }

    @Test func choosesTheSystemsBest() {
        #expect(Poller.Mechanism.allCases.contains(.best))
        #expect(Poller.Mechanism(rawValue: "select") == .select)
        #expect(Poller.Mechanism(rawValue: "poll") == .poll)
        #expect(Poller.Mechanism.best != .select && Poller.Mechanism.best != .poll)
    }
}
