import Foundation
import Sockets
import Testing

@Suite struct DatagramTests {
    @Test func carriesMessagesOverIPv4() throws { try carryMessages(over: .ipv4) }

    @Test(.requiresIPv6) func carriesMessagesOverIPv6() throws { try carryMessages(over: .ipv6) }

    private func carryMessages(over family: AddressFamily) throws {
        let client = try boundDatagramSocket(family)
        let server = try boundDatagramSocket(family)
        let address = try server.localAddress
        #expect(try client.sendDatagram([1, 2, 3], to: address))
        #expect(try client.sendDatagram([4], to: address))
        let first = try #require(try server.receiveDatagram())
        #expect(first.bytes == [1, 2, 3])
        #expect(try first.sender == client.localAddress)
        #expect(try server.receiveDatagram()?.bytes == [4])
        try server.sendDatagram([5, 6], to: first.sender)
        let reply = try #require(try client.receiveDatagram())
        #expect(reply.bytes == [5, 6])
        #expect(reply.sender == address)
    }

    @Test func anEmptyDatagramIsAMessage() throws {
        let receiver = try boundDatagramSocket()
        let sender = try boundDatagramSocket()
        try sender.sendDatagram([], to: receiver.localAddress)
        try sender.sendDatagram([1], to: receiver.localAddress)
        #expect(try receiver.receiveDatagram()?.bytes == [])
        #expect(try receiver.receiveDatagram()?.bytes == [1])
    }

    @Test func aTruncatedDatagramIsAnError() throws {
        let receiver = try boundDatagramSocket()
        let sender = try boundDatagramSocket()
        let address = try sender.localAddress
        for bytes in [[1, 2, 3, 4], [5, 6, 7, 8, 9], [10]] as [[UInt8]] {
            try sender.sendDatagram(bytes, to: receiver.localAddress)
        }
        #expect(try receiver.receiveDatagram(upTo: 4)?.bytes == [1, 2, 3, 4])
        let error = expectFailure(.receive, EMSGSIZE) {
            _ = try receiver.receiveDatagram(upTo: 4)
        }
        #expect(
            error?.description == "cannot receive from \(address): message too long; "
                + "the datagram is longer than this protocol's messages")
        #expect(error?.address == address)
        // It is gone, and the next is whole.
        #expect(try receiver.receiveDatagram(upTo: 4)?.bytes == [10])
    }

    @Test func aDatagramThatIsTooLongIsNotSent() throws {
        let receiver = try boundDatagramSocket()
        let sender = try boundDatagramSocket()
        let address = try receiver.localAddress
        let error = expectFailure(.send, EMSGSIZE) {
            try sender.sendDatagram([UInt8](repeating: 0, count: 65_508), to: address)
        }
        #expect(error?.description == "cannot send to \(address): message too long")
    }

    @Test func carriesTheLongestDatagram() throws {
        let receiver = try boundDatagramSocket()
        let sender = try boundDatagramSocket()
        let bytes = (0..<9_000).map { UInt8(truncatingIfNeeded: $0) }
        try sender.sendDatagram(bytes, to: receiver.localAddress)
        #expect(try receiver.receiveDatagram()?.bytes == bytes)
    }

    @Test func tellsAConnectedClientThatNobodyListens() throws {
        let client = try Socket(.ipv4, .datagram)
        try client.setTimeout(.seconds(30))
        try client.connect(to: loopback(port: 1))
        try client.sendDatagram([1])
        let error = expectFailure(.receive, ECONNREFUSED) { _ = try client.receiveDatagram() }
        #expect(error?.isRefused == true)
        #expect(
            error?.description == "cannot receive from 127.0.0.1:1: connection refused; "
                + "start the server first, and check the address and the port")
    }

    /// A connected socket receives only from its peer.
    @Test func hearsNobodyElseOnceConnected() throws {
        let server = try boundDatagramSocket()
        let client = try boundDatagramSocket()
        let stranger = try boundDatagramSocket()
        try client.connect(to: server.localAddress)
        try stranger.sendDatagram([6, 6, 6], to: client.localAddress)
        try server.sendDatagram([1], to: client.localAddress)
        #expect(try client.receiveDatagram()?.bytes == [1])
        try client.setBlocking(false)
        #expect(try client.receiveDatagram() == nil)
    }

    @Test func waitsOnlyAsLongAsAllowed() throws {
        let socket = try boundDatagramSocket()
        try socket.setTimeout(.milliseconds(10))
        #expect(
            expectFailure(.receive, ETIMEDOUT) { _ = try socket.receiveDatagram() }?.isTimeout
                == true)
        try socket.setTimeout(.zero)
        #expect(try socket.receiveDatagram() == nil)
    }
}
