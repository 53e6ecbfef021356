import Protocol
import Sockets
import Testing

@testable import Messaging

/// A client's waits for a server that takes one `recv` for one message. If the client must wait,
/// the pause is the least time; if it must not, the pause is far too long.
@Suite struct StreamConnectingTests {
    @Test func theSecondMessageKeepsItsDistanceFromTheFirst() throws {
        let (stream, peer) = try connectedStream(pause: .milliseconds(50))
        let begin = Instant.now
        try stream.send("name")
        try stream.send("one")
        #expect(Instant.now >= begin + .milliseconds(50))
        try peer.expect("name\none\n")
    }

    @Test func withoutLineEndsEveryMessageDoes() throws {
        let (stream, peer) = try connectedStream(.bare, pause: .milliseconds(50))
        let begin = Instant.now
        for text in ["name", "one", "two"] { try stream.send(text) }
        #expect(Instant.now >= begin + .milliseconds(100))
        try peer.expect("nameonetwo")
    }

    @Test(arguments: [LineEnding.newline, .bare])
    func whatTheServerSaysEndsTheWait(ending: LineEnding) throws {
        let (stream, peer) = try connectedStream(ending, pause: .seconds(3_600))
        try stream.send("name")
        try peer.sendAll("hello\n")
        try stream.send("one")
        #expect(try stream.receive()?.text == "hello")
        try peer.sendAll("1\n")
        try stream.send("two")
        #expect(try stream.receive()?.text == "1")
        // So does its end.
        peer.close()
        try? stream.send("three")
    }

    @Test func linesWithAnEndNeedNoDistance() throws {
        let (stream, peer) = try connectedStream(pause: .seconds(3_600))
        try stream.send("name")
        try peer.sendAll("hello\n")
        for text in ["one", "two", "three"] { try stream.send(text) }
        try peer.expect("name\none\ntwo\nthree\n")
    }

    @Test func withoutAPauseNothingWaits() throws {
        let (stream, peer) = try connectedStream(.bare, pause: .zero)
        for text in ["name", "one", "two"] { try stream.send(text) }
        try peer.expect("nameonetwo")
    }

    @Test func whatNobodyHasAskedForIsTakenWithoutWaitingForMore() throws {
        let (stream, peer) = try connectedStream(pause: .milliseconds(20))
        #expect(try unasked(by: stream) == nil)
        try peer.sendAll("hello\nAnna")
        #expect(try unasked(by: stream, within: .seconds(30)) == "hello")
        // The client waits for the rest of a text that has begun: the pause ends it.
        #expect(try unasked(by: stream) == "Anna")
        #expect(try unasked(by: stream) == nil)
    }

    @Test func withoutAPauseABegunMessageIsLeftWhereItIs() throws {
        let (stream, peer) = try connectedStream(pause: .zero)
        try peer.sendAll("hello\n5")
        #expect(try unasked(by: stream, within: .seconds(30)) == "hello")
        #expect(try unasked(by: stream) == nil)
        try peer.sendAll("4\n")
        #expect(try stream.receive()?.text == "54")
    }

    private func unasked(
        by stream: MessageStream<LineFraming>, within time: Duration = .zero
    ) throws -> String? {
        guard case .message(let line) = try stream.nextEvent(within: time) else { return nil }
        return line.text
    }

    private func connectedStream(
        _ ending: LineEnding = .newline, pause: Duration
    ) throws -> (MessageStream<LineFraming>, Socket) {
        let listener = try Socket.listener(on: .first(of: ("127.0.0.1", 0)))
        let stream = try MessageStream(
            LineFraming(ending: ending, pause: .always),
            to: ("127.0.0.1", listener.localAddress.port), pause: pause)
        let (peer, _) = try #require(try listener.accept())
        try peer.setTimeout(.seconds(30))
        return (stream, peer)
    }
}
