import Foundation
import Sockets
import TestSupport
import Testing

@Suite struct StreamTests {
    @Test func talksOverIPv4() throws { try talk(over: .ipv4) }

    @Test(.requiresIPv6) func talksOverIPv6() throws { try talk(over: .ipv6) }

    private func talk(over family: AddressFamily) throws {
        let (client, server) = try connectedPair(family)
        #expect(try client.remoteAddress == server.localAddress)
        #expect(try client.localAddress == server.remoteAddress)
        #expect(client.family == family && server.family == family)
        #expect(try client.send([0x68, 0x69]) == 2)
        #expect(try server.receive(upTo: 4_096) == .bytes([0x68, 0x69]))
        try server.sendAll([1, 2, 3, 4])
        // The rest comes with the next call.
        #expect(try client.receive(exactly: 1) == [1])
        #expect(try client.receive(upTo: 2) == .bytes([2, 3]))
        #expect(try client.receive(upTo: 2) == .bytes([4]))
        try client.shutdown(.sending)
        #expect(try server.receive(upTo: 1) == .endOfStream)
        // The other direction is still open.
        try server.sendAll([5])
        #expect(try client.receive(exactly: 1) == [5])
        server.close()
        #expect(try client.receive(upTo: 1) == .endOfStream)
    }

    @Test func receivesIntoABufferFromItsStart() throws {
        let (client, server) = try connectedPair()
        var buffer: [UInt8] = [9, 9, 9]
        try client.sendAll([1, 2])
        #expect(try server.receive(into: &buffer) == .count(2))
        #expect(buffer == [1, 2, 9])
        try server.setBlocking(false)
        #expect(try server.receive(into: &buffer) == .wouldBlock)
        client.close()
        try server.setBlocking(true)
        #expect(try server.receive(into: &buffer) == .endOfStream)
        #expect(buffer == [1, 2, 9])
    }

    @Test func receivesExactlySoManyBytesHoweverTheyCome() throws {
        let (client, server) = try connectedPair()
        let sender = Background {
            [client = UncheckedSendable(client)] in
            for byte in UInt8(0)..<200 { try client.value.sendAll([byte]) }
            try client.value.shutdown(.sending)
        }
        #expect(try server.receive(exactly: 150) == [UInt8](0..<150))
        let error = expectFailure(.receive, ENODATA) { _ = try server.receive(exactly: 51) }
        let address = try server.remoteAddress
        #expect(
            error?.description == "cannot receive from \(address): "
                + "the peer closed the connection after 50 of 51 bytes")
        _ = try sender.value()
        let none = expectFailure(.receive, ENODATA) { _ = try server.receive(exactly: 1) }
        #expect(none?.reason == "the peer closed the connection before it had sent all")
    }

    @Test func receivesAllUntilTheEndOfTheStream() throws {
        let many = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for bytes in [[], [1], many] {
            let (client, server) = try connectedPair()
            let sender = Background { [client = UncheckedSendable(client), bytes] in
                try client.value.sendAll(bytes)
                try client.value.shutdown(.sending)
            }
            #expect(try server.receiveAll(upTo: max(1, bytes.count)) == bytes)
            _ = try sender.value()
        }
    }

    @Test func receivesNoMoreThanItsLimit() throws {
        let (client, server) = try connectedPair()
        let address = try server.remoteAddress
        try client.sendAll([1, 2, 3, 4, 5])
        // The stream has not ended, and need not for that.
        let error = expectFailure(.receive, EMSGSIZE) { _ = try server.receiveAll(upTo: 3) }
        #expect(
            error?.description == "cannot receive from \(address): it sent more than 3 bytes")
        // What is left stays.
        #expect(try server.receive(upTo: 9) == .bytes([5]))
        try server.setBlocking(false)
        try client.sendAll([6])
        #expect(try server.waitUntilReady(for: .reading))
        expectFailure(.receive, EAGAIN) { _ = try server.receiveAll(upTo: 3) }
        client.reset()
        #expect(try server.waitUntilReady(for: .reading))
        expectFailure(.receive, ECONNRESET) { _ = try server.receiveAll(upTo: 3) }
    }

    @Test func sendsMoreThanTheKernelHolds() throws {
        let (client, server) = try connectedPair()
        let bytes = (0..<16_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let sender = Background { [client = UncheckedSendable(client), bytes] in
            try client.value.sendAll(bytes)
            client.value.close()
        }
        var received: [UInt8] = []
        while case .bytes(let piece) = try server.receive(upTo: 100_000) { received += piece }
        #expect(received == bytes)
        _ = try sender.value()
    }

    @Test func tellsWouldBlockAsAValue() throws {
        let (client, server) = try connectedPair()
        try client.setBlocking(false)
        #expect(try client.receive(upTo: 1) == .wouldBlock)
        let megabyte = [UInt8](repeating: 7, count: 1_000_000)
        var taken = 0
        while let count = try client.send(megabyte) { taken += count }
        #expect(taken > 0)
        #expect(try client.send(megabyte[10...]) == nil)
        // `sendAll` promises to send all, and it cannot keep that promise here.
        expectFailure(.send, EAGAIN) { try client.sendAll(megabyte) }
        expectFailure(.receive, EAGAIN) { _ = try client.receive(exactly: 1) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while taken > 0, case .count(let count) = try server.receive(into: &buffer) {
            taken -= count
        }
        #expect(taken == 0)
    }

    @Test func anEmptySendIsNoMessage() throws {
        let (client, server) = try connectedPair()
        try client.sendAll([])
        #expect(try client.send([]) == 0)
        try client.sendAll([1])
        #expect(try server.receive(upTo: 9) == .bytes([1]))
    }

    @Test func tellsAPeersReset() throws {
        let (client, server) = try connectedPair()
        let address = try server.remoteAddress
        client.reset()
        client.reset()
        let error = expectFailure(.receive, ECONNRESET) { _ = try server.receive(upTo: 1) }
        #expect(
            error?.description == "cannot receive from \(address): connection reset by peer; "
                + "the other program ended, or closed before it had read everything")
        #expect(error?.isTimeout == false)
    }

    @Test func acceptsTheClientsThatWait() throws {
        let listener = try Socket.listener(on: loopback())
        try listener.setBlocking(false)
        #expect(try listener.accept() == nil)
        try listener.setTimeout(.milliseconds(10))
        let error = expectFailure(.accept, ETIMEDOUT) { _ = try listener.accept() }
        #expect(error?.description == "cannot accept a client: timed out")
        let first = try Socket.connection(to: ("127.0.0.1", listener.localAddress.port))
        let second = try Socket.connection(to: ("127.0.0.1", listener.localAddress.port))
        #expect(try listener.accept()?.address == first.localAddress)
        let (client, address) = try #require(try listener.accept())
        #expect(try address == second.localAddress)
        #expect(client.peer == address)
    }
}
