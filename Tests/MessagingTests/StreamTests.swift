import Foundation
import Protocol
import Sockets
import TestSupport
import Testing

@testable import Messaging

extension MessageStream.Event {
    /// `message`'s text or what there was instead, to compare with.
    fileprivate var text: String {
        switch self {
        case .message(let message): "\(message)"
        case .nothing: "nothing"
        case .end: "end"
        }
    }
}

@Suite struct StreamTests {
    @Test func endsCleanAfterAWholeMessage() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll("one\ntwo\r\nthree")
        try peer.shutdown(.sending)
        #expect(try stream.receive()?.text == "one")
        #expect(try stream.receive()?.text == "two")
        #expect(try stream.receive() == TextLine("three", endsWithNewline: false))
        #expect(try stream.receive() == nil)
        #expect(try stream.receive() == nil)
        // The other direction is open.
        try stream.send("reply")
        try peer.expect("reply\n")
    }

    @Test func endsWithAnErrorInTheMiddleOfAMessage() throws {
        let (near, peer) = try connectedPair()
        let stream = try MessageStream(
            GuessClientFraming(layout: GuessLayout()), over: near, with: near.remoteAddress)
        try peer.sendAll([0x49, 0, 0, 0, 0, 0, 0, 0, 0x4E, 0, 0])
        peer.close()
        #expect(try stream.receive() == .yes)
        let text = "message cut off after 3 of 8 bytes; another --layout may fit"
        #expect(throws: ProtocolError(text)) { try stream.receive() }
    }

    @Test func endsWithAnErrorOfTheConnection() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll("half")
        #expect(try stream.nextEvent(within: .zero).text == "nothing")
        peer.reset()
        let error = #expect(throws: SocketError.self) { try stream.receive() }
        #expect(
            error?.description == "cannot receive from \(stream.address): "
                + "connection reset by peer; "
                + "the other program ended, or closed before it had read everything")
    }

    @Test func endsWithAnErrorAtGarbage() throws {
        let (near, peer) = try connectedPair()
        let stream = try MessageStream(
            GuessClientFraming(layout: GuessLayout()), over: near, with: near.remoteAddress)
        try peer.sendAll("Hello")
        #expect(throws: ProtocolError("unknown answer 'H'; an answer is I, N, K, Y or V")) {
            try stream.receive()
        }
    }

    @Test(arguments: [
        (
            LineEnding.newline,
            "no reply within 0.05 s; a server written without line ends may need --bare"
        ),
        (.bare, "no reply within 0.05 s"),
    ])
    func saysThatNoReplyCame(_ ending: LineEnding, text: String) throws {
        let (stream, peer) = try lineStream(ending: ending, timeout: .milliseconds(50))
        let error = #expect(throws: NoReply.self) { try stream.receive() }
        #expect(error?.description == text)
        try peer.sendAll("begun")
        let second = #expect(throws: NoReply.self) { try stream.receive() }
        #expect(
            second?.description == "only 5 bytes of a message came, and nothing more for 0.05 s; "
                + "with a --pause above 0 that is a message")
    }

    @Test func saysHowMuchOfAMessageCame() throws {
        let (near, peer) = try connectedPair()
        let stream = try MessageStream(
            GuessClientFraming(layout: GuessLayout("=c i")), over: near, with: near.remoteAddress,
            timeout: .milliseconds(50))
        let error = #expect(throws: NoReply.self) { try stream.receive() }
        #expect(error?.description == "no reply within 0.05 s; another --layout may fit")
        try peer.sendAll([0x49, 0, 0])
        let second = #expect(throws: NoReply.self) { try stream.receive() }
        #expect(
            second?.description == "only 3 of 5 bytes of a message came, and nothing more for "
                + "0.05 s; another --layout may fit")
    }

    @Test func waitsForAMessageForAWhile() throws {
        let (stream, peer) = try lineStream()
        let begin = Instant.now
        #expect(try stream.nextEvent(within: .milliseconds(20)).text == "nothing")
        #expect(Instant.now >= begin + .milliseconds(20))
        #expect(try stream.nextEvent(within: .zero).text == "nothing")
        try peer.sendAll("a\nb\nhalf")
        #expect(try stream.nextEvent(within: .seconds(30)).text == "\(TextLine("a"))")
        #expect(try stream.nextEvent(within: .zero).text == "\(TextLine("b"))")
        #expect(try stream.nextEvent(within: .milliseconds(1)).text == "nothing")
        try peer.sendAll(" and half\n")
        #expect(
            try stream.nextEvent(within: .seconds(30)).text == "\(TextLine("half and half"))")
        peer.close()
        #expect(try stream.nextEvent(within: .seconds(30)).text == "end")
        #expect(try stream.nextEvent(within: .zero).text == "end")
    }

    @Test func aPauseEndsAMessageWithoutANewline() throws {
        let (stream, peer) = try lineStream(pause: .milliseconds(20))
        try peer.sendAll("one")
        #expect(try stream.receive() == TextLine("one", endsWithNewline: false))
        try peer.sendAll("two")
        #expect(try stream.receive() == TextLine("two", endsWithNewline: false))
        try peer.sendAll("three\n")
        #expect(try stream.receive() == TextLine("three"))
    }

    @Test func aPauseEndsNothingOnceANewlineCame() throws {
        let (stream, peer) = try lineStream(
            timeout: .milliseconds(100), pause: .milliseconds(1))
        try peer.sendAll("one\ntwo")
        #expect(try stream.receive() == TextLine("one"))
        #expect(throws: NoReply.self) { try stream.receive() }
    }

    @Test func noPauseEndsNoMessage() throws {
        let (stream, peer) = try lineStream(timeout: .milliseconds(100), pause: .zero)
        try peer.sendAll("one")
        #expect(throws: NoReply.self) { try stream.receive() }
        try peer.sendAll(" more\n")
        #expect(try stream.receive() == TextLine("one more"))
    }

    /// Both send first and read later, more than the kernel holds.
    @Test func sendsThoughThePeerSendsToo() throws {
        let (near, far) = try connectedPair()
        for socket in [near, far] {
            try socket.setOption(.sendBuffer, to: 65_536)
            try socket.setOption(.receiveBuffer, to: 65_536)
        }
        let line = String(repeating: "x", count: 4_000)
        let other = Background { [far = UncheckedSendable(far)] in
            let stream = try MessageStream(
                LineFraming(), over: far.value, with: far.value.remoteAddress)
            for number in 0..<200 { try stream.send("\(number)\(line)") }
            for number in 0..<200 where try stream.receive()?.text != "\(number)\(line)" {
                return number
            }
            return -1
        }
        let stream = try MessageStream(LineFraming(), over: near, with: near.remoteAddress)
        for number in 0..<200 { try stream.send("\(number)\(line)") }
        for number in 0..<200 {
            #expect(try stream.receive()?.text == "\(number)\(line)")
        }
        #expect(try other.value() == -1)
    }

    @Test func givesUpSendingToAPeerThatTakesNothing() throws {
        let (stream, peer) = try lineStream(timeout: .milliseconds(50))
        let line = String(repeating: "x", count: 1_000_000)
        let error = #expect(throws: SocketError.self) { while true { try stream.send(line) } }
        #expect(error?.description == "cannot send to \(stream.address): timed out")
        peer.close()
    }

    @Test func closesSoThatThePeerGetsEverything() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll(String(repeating: "unread\n", count: 1_000))
        try stream.send("last words")
        let closing = Background { [stream = UncheckedSendable(stream)] in
            stream.value.close()
            stream.value.close()
        }
        try peer.expect("last words\n")
        try peer.expectEnd()
        peer.close()
        _ = try closing.value()
        #expect(throws: SocketError.self) { try stream.send("too late") }
    }

    @Test func canEndItsOwnDirection() throws {
        let (stream, peer) = try lineStream()
        try stream.send("question")
        try stream.finishSending()
        try peer.expect("question\n")
        try peer.expectEnd()
        try peer.sendAll("answer")
        peer.close()
        #expect(try stream.receive()?.text == "answer")
        #expect(try stream.receive() == nil)
        stream.close()
    }

    /// The bytes that the peer sent before it went can still be read.
    @Test func canEndItsOwnDirectionThoughThePeerHasGone() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll("last words\nhalf")
        #expect(try stream.receive()?.text == "last words")
        peer.reset()
        #expect(throws: SocketError.self) { try stream.receive() }
        try stream.finishSending()
        stream.close()
    }

    @Test func tracesEachMessage() throws {
        var lines: [String] = []
        let (stream, peer) = try lineStream(trace: { lines.append($0) })
        try stream.send("hi")
        try peer.sendAll("OK\r\nnext\n")
        _ = try stream.receive()
        _ = try stream.receive()
        #expect(
            lines == [
                #"to \#(stream.address): "hi" [68 69 0a]"#,
                #"from \#(stream.address): "OK" [4f 4b 0d 0a]"#,
                #"from \#(stream.address): "next" [6e 65 78 74 0a]"#,
            ])
    }

    @Test func connectsByName() throws {
        let listener = try Socket.listener(on: .first(of: ("127.0.0.1", 0)))
        let port = try listener.localAddress.port
        let stream = try MessageStream(LineFraming(), to: ("localhost", port))
        #expect(stream.address.description == "127.0.0.1:\(port)")
        let (peer, _) = try #require(try listener.accept())
        try stream.send("hi")
        try peer.expect("hi\n")
        let error = #expect(throws: SocketError.self) {
            _ = try MessageStream(LineFraming(), to: ("127.0.0.1", 1))
        }
        #expect(error?.isRefused == true)
    }
}
