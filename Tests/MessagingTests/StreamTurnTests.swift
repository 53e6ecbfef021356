import Foundation
import Protocol
import Sockets
import TestSupport
import Testing

@testable import Messaging

/// Waiting for the keyboard in the user's turn, while the peer does something.
@Suite struct StreamTurnTests {
    private let keyboard = Pipe()

    private var descriptor: Int32 { keyboard.fileHandleForReading.fileDescriptor }

    private func type(_ text: String) throws {
        try keyboard.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    @Test func inputEndsTheWait() throws {
        let (stream, peer) = try lineStream()
        try type("typed\n")
        #expect(try stream.waitForInput(at: descriptor))
        // It stays where it is, and so does its end.
        #expect(try stream.waitForInput(at: descriptor))
        #expect(keyboard.fileHandleForReading.availableData == Data("typed\n".utf8))
        try keyboard.fileHandleForWriting.close()
        #expect(try stream.waitForInput(at: descriptor))
        withExtendedLifetime(peer) {}
    }

    @Test func whatThePeerSendsOutOfItsTurnStaysForItsTurn() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll("one\ntwo\nhal")
        // The peer's bytes alone end no wait, and no wait leaves them in the kernel.
        let wait = Background { [stream = UncheckedSendable(stream), descriptor] in
            try stream.value.waitForInput(at: descriptor)
        }
        try type("typed\n")
        #expect(try wait.value() == true)
        try peer.sendAll("f\n")
        for text in ["one", "two", "half"] { #expect(try stream.receive()?.text == text) }
    }

    @Test func theEndOfThePeerIsNoticed() throws {
        let (stream, peer) = try lineStream()
        peer.close()
        #expect(try !stream.waitForInput(at: descriptor))
        // It comes before the keyboard.
        try type("typed\n")
        #expect(try !stream.waitForInput(at: descriptor))
    }

    @Test func theEndIsToldOnlyAfterTheLastMessage() throws {
        let (stream, peer) = try lineStream()
        try peer.sendAll("one\ntwo")
        peer.close()
        #expect(try stream.receive()?.text == "one")
        #expect(try stream.waitForInput(at: descriptor))
        #expect(try stream.receive()?.text == "two")
        #expect(try !stream.waitForInput(at: descriptor))
    }

    @Test func withoutAKeyboardItOnlyLooks() throws {
        let (stream, peer) = try lineStream()
        #expect(try stream.waitForInput(at: nil))
        try peer.sendAll("one\n")
        peer.close()
        #expect(try stream.waitForInput(at: nil))
        #expect(try stream.receive()?.text == "one")
        #expect(try !stream.waitForInput(at: nil))
    }

    @Test func inputThatCameWithAMessageIsTakenOnlyOnce() throws {
        let (stream, peer) = try lineStream()
        try type("typed\n")
        try peer.sendAll("one\n")
        // Both are there before either is looked for.
        _ = try stream.socket.waitUntilReady(for: .reading)
        let message = try stream.receive(whileTypingAt: descriptor) {}
        #expect(message?.text == "one")
        #expect(try stream.waitForInput(at: descriptor))
        #expect(keyboard.fileHandleForReading.availableData == Data("typed\n".utf8))
        peer.close()
        // The input has ended, so a wait for it would last for ever.
        let end = try stream.receive(whileTypingAt: descriptor) {
            Issue.record("no input is there")
        }
        #expect(end == nil)
    }

    @Test func oneMayTypeOutOfTurn() throws {
        let (stream, peer) = try lineStream()
        try type("typed")
        var typed = ""
        let message = try stream.receive(whileTypingAt: typed.isEmpty ? descriptor : nil) {
            typed = String(
                decoding: keyboard.fileHandleForReading.availableData, as: UTF8.self)
            try peer.sendAll("one\n")
            peer.close()
        }
        #expect(typed == "typed")
        #expect(message?.text == "one")
        #expect(try stream.receive(whileTypingAt: nil) {} == nil)
    }

    @Test func aResetIsAnError() throws {
        let (stream, peer) = try lineStream()
        peer.reset()
        let error = #expect(throws: SocketError.self) {
            try stream.waitForInput(at: descriptor)
        }
        #expect(error?.reason == "connection reset by peer")
    }

    @Test func aFloodFillsNoMemoryAndKeepsNobodyFromTyping() throws {
        let (stream, peer) = try lineStream()
        let flood = Background { [peer = UncheckedSendable(peer)] in
            while true { try peer.value.sendAll(String(repeating: "flood\n", count: 1_000)) }
        }
        // 1 MiB has come: it waits for nothing more, and the caller reads the keyboard.
        #expect(try stream.waitForInput(at: descriptor))
        #expect((1_048_576..<1_200_000).contains(stream.input.count))
        #expect(try stream.receive()?.text == "flood")
        stream.close()
        #expect(throws: SocketError.self) { try flood.value() }
    }
}
