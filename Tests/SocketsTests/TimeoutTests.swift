import Foundation
import Sockets
import TestSupport
import Testing

@Suite struct TimeoutTests {
    @Test func endsAReceiveAfterItsTime() throws {
        let (client, server) = try connectedPair()
        let address = try client.remoteAddress
        try client.setTimeout(.milliseconds(20))
        let begin = Instant.now
        let error = expectFailure(.receive, ETIMEDOUT) { _ = try client.receive(upTo: 1) }
        #expect(Instant.now >= begin + .milliseconds(20))
        #expect(error?.isTimeout == true)
        #expect(error == .timedOut(.receive, at: address))
        #expect(error?.description == "cannot receive from \(address): timed out")
        // The connection still works.
        try server.sendAll([1])
        #expect(try client.receive(upTo: 1) == .bytes([1]))
    }

    @Test func endsASendThatNobodyTakes() throws {
        let (client, server) = try connectedPair()
        try client.setTimeout(.milliseconds(50))
        let megabytes = [UInt8](repeating: 1, count: 20_000_000)
        let error = expectFailure(.send, ETIMEDOUT) { try client.sendAll(megabytes) }
        #expect(error?.isTimeout == true)
        expectFailure(.send, ETIMEDOUT) {
            while try client.send(megabytes) != nil {}
        }
        server.close()
    }

    /// A peer that takes a little now and then cannot stretch the time for the whole.
    @Test func countsTheTimeOfSendingAllAsOne() throws {
        let (client, server) = try connectedPair()
        try client.setTimeout(.milliseconds(200))
        let isOver = UncheckedSendable(DispatchSemaphore(value: 0))
        let reader = Background { [server = UncheckedSendable(server)] in
            try server.value.setBlocking(false)
            while isOver.value.wait(timeout: .now() + .milliseconds(5)) == .timedOut {
                _ = try server.value.receive(upTo: 10_000)
            }
        }
        expectFailure(.send, ETIMEDOUT) {
            try client.sendAll([UInt8](repeating: 1, count: 200_000_000))
        }
        isOver.value.signal()
        _ = try reader.value()
    }

    /// Nor can one that sends a byte now and then.
    @Test(arguments: [true, false])
    func countsTheTimeOfReceivingAllAsOne(isLengthKnown: Bool) throws {
        let (client, server) = try connectedPair()
        try client.setTimeout(.milliseconds(200))
        let isOver = UncheckedSendable(DispatchSemaphore(value: 0))
        let writer = Background { [server = UncheckedSendable(server)] in
            // It would go on for ten times as long.
            for _ in 0..<400 {
                guard isOver.value.wait(timeout: .now() + .milliseconds(5)) == .timedOut
                else { return }
                try server.value.sendAll([7])
            }
        }
        let error = expectFailure(.receive, ETIMEDOUT) {
            if isLengthKnown {
                _ = try client.receive(exactly: 400)
            } else {
                _ = try client.receiveAll(upTo: 399)
            }
        }
        isOver.value.signal()
        _ = try writer.value()
        let whole = isLengthKnown ? " of 400" : ""
        #expect(error?.reason.hasPrefix("timed out after ") == true)
        #expect(error?.reason.hasSuffix("\(whole) bytes") == true)
    }

    @Test func noTimeIsNoBlockingAndNilIsForEver() throws {
        let (client, server) = try connectedPair()
        try client.setTimeout(.zero)
        #expect(try client.receive(upTo: 1) == .wouldBlock)
        try client.setTimeout(.seconds(-1))
        #expect(try client.receive(upTo: 1) == .wouldBlock)
        try client.setTimeout(nil)
        try server.sendAll([1])
        #expect(try client.receive(upTo: 1) == .bytes([1]))
        try client.setTimeout(.nanoseconds(1))
        expectFailure(.receive, ETIMEDOUT) { _ = try client.receive(upTo: 1) }
    }

    @Test func waitsForASocketUntilADeadline() throws {
        let (client, server) = try connectedPair()
        #expect(try client.waitUntilReady(for: .writing))
        #expect(try !client.waitUntilReady(for: .reading, until: .now))
        let deadline = Instant.now + .milliseconds(10)
        #expect(try !client.waitUntilReady(for: .reading, until: deadline))
        #expect(Instant.now >= deadline)
        try server.sendAll([1])
        #expect(try client.waitUntilReady(for: [.reading, .writing]))
        #expect(try client.waitUntilReady(for: .reading, until: .now + .seconds(1_000_000_000)))
        server.reset()
        // A failure counts as ready: the next call finds it.
        #expect(try client.waitUntilReady(for: []))
    }

    @Test func waitsForASocketOrTheKeyboard() throws {
        let (client, server) = try connectedPair()
        let (keyboard, typist) = try connectedPair()
        let number = keyboard.descriptor
        var ready = try waitUntilReady(client, for: .reading, orInputAt: number, until: .now)
        #expect(ready == (false, false))
        try typist.sendAll([1])
        ready = try waitUntilReady(client, for: .reading, orInputAt: number)
        #expect(ready == (false, true))
        try server.sendAll([1])
        // Both, once the byte has come.
        #expect(try client.waitUntilReady(for: .reading))
        ready = try waitUntilReady(client, for: .reading, orInputAt: number)
        #expect(ready == (true, true))
        ready = try waitUntilReady(client, for: .reading, orInputAt: nil)
        #expect(ready == (true, false))
    }

    @Test func reckonsWithMomentsFarAway() {
        let now = Instant.now
        #expect(now + .seconds(1) > now)
        #expect((now + .milliseconds(1_500)) - now == .milliseconds(1_500))
        #expect(now + .seconds(Int64.max) == .distantFuture)
        #expect(now + .seconds(Int64.min) < now)
        #expect(now - (now + .seconds(2)) == .seconds(-2))
        #expect(Instant.now >= now)
    }
}
