import Protocol
import Sockets
import TestSupport
import Testing

@testable import Messaging

/// The calls of a server that talks with one peer at a time.
@Suite struct StreamServingTests {
    @Test func itGivesOneMessageAfterAnother() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll("one\n\ntwo\nrest")
        try peer.shutdown(.sending)
        #expect(try stream.receiveWhole(onceBegun: true)?.text == "one")
        #expect(try stream.receiveWhole(onceBegun: true)?.text == "")
        #expect(try stream.receiveWhole(onceBegun: true)?.text == "two")
        #expect(
            try stream.receiveWhole(onceBegun: true) == TextLine("rest", endsWithNewline: false))
        #expect(try stream.receiveWhole(onceBegun: true) == nil)
    }

    @Test func aPeerMayTakeItsTimeBetweenMessages() throws {
        let (stream, peer) = try lineStream(timeout: .milliseconds(20))
        for _ in 1...2 {
            // Longer than the timeout: the other end is the clock.
            let writer = Background { [peer = UncheckedSendable(peer)] in
                let end = Instant.now + .milliseconds(60)
                _ = try peer.value.waitUntilReady(for: [], until: end)
                try peer.value.sendAll("late\n")
            }
            #expect(try stream.receiveWhole(onceBegun: true)?.text == "late")
            _ = try writer.value()
        }
    }

    @Test func aMessageThatHasBegunMustBeWholeInTime() throws {
        let (stream, peer) = try lineStream(timeout: .milliseconds(100))
        let writer = Background { [peer = UncheckedSendable(peer)] in
            // A byte now and then does not extend the time.
            while !(try peer.value.waitUntilReady(for: .reading, until: .now + .milliseconds(10))) {
                try peer.value.sendAll("x")
            }
        }
        let error = #expect(throws: NoReply.self) { try stream.receiveWhole(onceBegun: true) }
        let begin = "no whole message within 0.1 s: only "
        #expect(error?.description.hasPrefix(begin) == true)
        stream.close()
        _ = try writer.value()
    }

    @Test func aMessageThatIsOwedMustBeWholeInTime() throws {
        let (stream, peer) = try lineStream(timeout: .milliseconds(20))
        let silent = #expect(throws: NoReply.self) { try stream.receiveWhole() }
        #expect(silent?.description == "no whole message within 0.02 s")
        try peer.sendAll("one\nhalf")
        #expect(try stream.receiveWhole()?.text == "one")
        let slow = #expect(throws: NoReply.self) { try stream.receiveWhole() }
        #expect(
            slow?.description
                == "no whole message within 0.02 s: only 4 bytes of a message came")
    }

    @Test func aPauseEndsAMessageWithoutANewline() throws {
        let (stream, peer) = try lineStream(pause: .milliseconds(20))
        for text in ["one", "two"] {
            try peer.sendAll(text)
            #expect(
                try stream.receiveWhole(onceBegun: true) == TextLine(text, endsWithNewline: false))
        }
    }

    @Test(arguments: [true, false])
    func aProbeIsNoErrorButAResetAfterAByteIs(onceBegun: Bool) throws {
        let (probed, probe) = try lineStream()
        probe.reset()
        #expect(try probed.receiveWhole(onceBegun: onceBegun) == nil)
        let (stream, peer) = try lineStream()
        try peer.sendAll("one\nhal")
        #expect(try stream.receiveWhole(onceBegun: onceBegun)?.text == "one")
        peer.reset()
        let error = #expect(throws: SocketError.self) {
            try stream.receiveWhole(onceBegun: onceBegun)
        }
        #expect(error?.isDisconnection == true)
    }

    @Test func nobodyIsWaitedForOnceTheProgramIsToEnd() throws {
        let (stream, peer) = try lineStream()
        let (stop, signal) = try connectedPair()
        stream.stopDescriptor = stop.descriptor
        try peer.sendAll("one\n")
        #expect(try stream.receiveWhole(onceBegun: true)?.text == "one")
        let reader = Background { [stream = UncheckedSendable(stream)] in
            try stream.value.receiveWhole(onceBegun: true)?.text ?? "end"
        }
        try signal.sendAll([1])
        #expect(try reader.value() == "end")

        // A peer that does not read is not waited for, either.
        let text = String(repeating: "x", count: 20_000_000)
        let error = #expect(throws: SocketError.self) { try stream.send(text) }
        #expect(error == .canceled(.send, at: stream.address))
        #expect(error?.description == "cannot send to \(stream.address): operation canceled")
        withExtendedLifetime((peer, stop)) {}
    }
}
