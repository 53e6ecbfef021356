import Sockets
import Testing

@testable import Messaging

@Suite struct PeerLeavingTests {
    @Test func isKnownBeforeItIsTold() throws {
        let test = try lineServer()
        let (client, peer) = try test.join(Array("hello\n".utf8))
        #expect(!peer.hasLeft)
        try client.sendAll("more\n")
        #expect(!peer.hasLeft)
        client.close()
        #expect(peer.hasLeft)
        #expect(test.events == ["joined 1", #"received "hello" from 1"#])
        // What had come before the end is not lost, and the end is told in its turn.
        #expect(
            try test.pull(until: "disconnected 1").suffix(2) == [
                #"received "more" from 1"#, "disconnected 1",
            ])
        #expect(peer.hasLeft)
        #expect(test.log == [])
    }

    @Test func isKnownAfterAReset() throws {
        let test = try lineServer()
        let (client, peer) = try test.join(Array("hello\n".utf8))
        client.reset()
        #expect(peer.hasLeft)
        try test.pull(until: "disconnected 1")
        #expect(test.log.count == 1)
        #expect(test.log.first?.contains("connection reset by peer") == true)
    }

    @Test func isSoForAPeerThatTheServerHasClosed() throws {
        let test = try lineServer()
        let (client, peer) = try test.join(Array("hello\n".utf8))
        peer.close()
        #expect(peer.hasLeft)
        try client.expectEnd()
    }
}
