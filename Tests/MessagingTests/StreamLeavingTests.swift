import Protocol
import Sockets
import TestSupport
import Testing

@testable import Messaging

/// Leaving a conversation, even if the other side never closes or never stops.
@Suite struct StreamLeavingTests {
    /// Leaves a stream; returns the lines shown and the result.
    private func leave(
        _ stream: MessageStream<LineFraming>, _ patience: Patience = Patience()
    ) throws -> (shown: [String], peerHasEnded: Bool) {
        var shown: [String] = []
        let hasEnded = try stream.leave(patience: patience) { shown.append($0.text) }
        return (shown, hasEnded)
    }

    @Test func aPeerThatClosesIsHeardToItsEnd() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll("one\ntwo\nlast words")
        peer.close()
        let (shown, hasEnded) = try leave(stream)
        #expect(shown == ["one", "two", "last words"])
        #expect(hasEnded)
    }

    @Test func aPeerThatNeverClosesIsHeardUntilItIsSilent() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll("bye\nlast words")
        let (shown, hasEnded) = try leave(stream)
        #expect(shown == ["bye", "last words"])
        #expect(!hasEnded)
        // The peer had been told that nothing more would come.
        guard case .endOfStream = try peer.receive(upTo: 1) else {
            Issue.record("its stream has not ended")
            return
        }
    }

    @Test(arguments: ["flood\n", "flood"])
    func aPeerThatSendsWithoutEndIsCutOff(text: String) throws {
        let (stream, peer) = try lineStream()
        let flood = Background { [peer = UncheckedSendable(peer)] in
            while true { try peer.value.sendAll(String(repeating: text, count: 1_000)) }
        }
        var patience = Patience()
        // Under a sanitizer so many lines take longer than a peer is heard otherwise.
        patience.whole = .seconds(300)
        let (shown, hasEnded) = try leave(stream, patience)
        #expect(!hasEnded)
        if text == "flood" {
            #expect(shown.isEmpty)
        } else {
            // 1 MiB, and the bytes of one more receive.
            #expect((174_762...185_684).contains(shown.count))
            #expect(shown.allSatisfy { $0 == "flood" })
        }
        #expect(throws: SocketError.self) { try flood.value() }
    }

    @Test func aPeerThatIsNeverSilentHasItsTime() throws {
        let (stream, peer) = try lineStream()
        let talk = Background { [peer = UncheckedSendable(peer)] in
            while true {
                try peer.value.sendAll("x\n")
                _ = try peer.value.waitUntilReady(for: [], until: .now + .milliseconds(1))
            }
        }
        var patience = Patience()
        patience.whole = .milliseconds(100)
        let hasEnded = try leave(stream, patience).peerHasEnded
        #expect(!hasEnded)
        #expect(throws: SocketError.self) { try talk.value() }
    }

    @Test func aResetIsAnError() throws {
        let (stream, peer) = try lineStream()
        peer.reset()
        #expect(throws: SocketError.self) { _ = try leave(stream) }
    }
}
