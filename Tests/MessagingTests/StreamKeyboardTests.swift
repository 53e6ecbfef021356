import Foundation
import Protocol
import Sockets
import TestSupport
import Testing

@testable import Messaging

/// A pipe in the keyboard's place.
private final class Keyboard {
    private let pipe = Pipe()

    var descriptor: Int32 { pipe.fileHandleForReading.fileDescriptor }

    func type(_ text: String) throws {
        try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    func read() -> String {
        String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    }

    func end() throws { try pipe.fileHandleForWriting.close() }
}

extension MessageStream.Event {
    /// The event as text, for comparison.
    fileprivate var text: String {
        switch self {
        case .message(let message): (message as? TextLine)?.text ?? "?"
        case .nothing: "[keyboard]"
        case .end: "[end]"
        }
    }
}

@Suite struct StreamKeyboardTests {
    @Test func tellsWhicheverComesFirst() throws {
        let (stream, peer) = try lineStream()
        let keyboard = Keyboard()
        try keyboard.type("typed\n")
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "[keyboard]")
        // The event is repeated until the input has been read.
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "[keyboard]")
        #expect(keyboard.read() == "typed\n")
        try peer.sendAll("one\ntwo\n")
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "one")
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "two")
        try keyboard.end()
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "[keyboard]")
        #expect(keyboard.read() == "")
        try peer.sendAll("three\n")
        #expect(try stream.nextEvent(orInputAt: nil).text == "three")
        peer.close()
        #expect(try stream.nextEvent(orInputAt: nil).text == "[end]")
        #expect(try stream.nextEvent(orInputAt: nil).text == "[end]")
    }

    @Test func tellsBothWhenBothAreReady() throws {
        let (stream, peer) = try lineStream()
        let keyboard = Keyboard()
        try keyboard.type("typed\n")
        // Received messages come before typed lines.
        try peer.sendAll("zero\none\ntwo\nhalf")
        #expect(try stream.receive()?.text == "zero")
        var order: [String] = []
        for _ in 0..<3 {
            order.append(try stream.nextEvent(orInputAt: keyboard.descriptor).text)
        }
        #expect(order == ["one", "two", "[keyboard]"])
    }

    /// A reply that is owed is waited for, whatever was typed meanwhile.
    @Test func onlyTheWaitForTheKeyboardEndsWithIt() throws {
        let (stream, peer) = try lineStream(timeout: .milliseconds(20))
        let keyboard = Keyboard()
        try keyboard.type("typed\n")
        try peer.sendAll("one\n")
        // Both are there before either is looked for.
        _ = try stream.socket.waitUntilReady(for: .reading)
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "one")
        let begin = Instant.now
        #expect(throws: NoReply.self) { try stream.receive() }
        #expect(Instant.now >= begin + .milliseconds(20))
    }

    /// A peer that never stops sending must not keep the keyboard from being read.
    @Test func aFloodDoesNotStarveTheKeyboard() throws {
        let (stream, peer) = try lineStream()
        let keyboard = Keyboard()
        let flood = Background { [peer = UncheckedSendable(peer)] in
            while true { try peer.value.sendAll(String(repeating: "flood\n", count: 1_000)) }
        }
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "flood")
        try keyboard.type("help\n")
        while try stream.nextEvent(orInputAt: keyboard.descriptor).text != "[keyboard]" {}
        #expect(keyboard.read() == "help\n")
        // Nor the other way round.
        try keyboard.type("unread")
        while try stream.nextEvent(orInputAt: keyboard.descriptor).text != "flood" {}
        stream.close()
        #expect(throws: SocketError.self) { try flood.value() }
    }

    @Test func aPauseAndATimeoutWorkHereToo() throws {
        let (stream, peer) = try lineStream(
            timeout: .milliseconds(60), pause: .milliseconds(20))
        let keyboard = Keyboard()
        try peer.sendAll("one")
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "one")
        try peer.sendAll("two\nthree")
        #expect(try stream.nextEvent(orInputAt: keyboard.descriptor).text == "two")
        // Now only a newline ends a message, and a begun one must go on.
        let error = #expect(throws: NoReply.self) {
            try stream.nextEvent(orInputAt: keyboard.descriptor)
        }
        #expect(
            error?.description == "only 5 bytes of a message came, and nothing more for 0.06 s")
    }

    @Test func tellsErrors() throws {
        let (stream, peer) = try lineStream()
        let keyboard = Keyboard()
        peer.reset()
        let error = #expect(throws: SocketError.self) {
            try stream.nextEvent(orInputAt: keyboard.descriptor)
        }
        #expect(error?.reason == "connection reset by peer")
    }
}
