import Foundation
import Sockets
import Testing

@Suite struct SelectTests {
    @Test func findsTheReadyOnesInTheOrderGiven() throws {
        let (a, farA) = try connectedPair()
        let (b, farB) = try connectedPair()
        defer { farB.close() }
        let (c, farC) = try connectedPair()
        try farC.sendAll([1])
        try farA.sendAll([1])
        for socket in [a, c] { #expect(try socket.waitUntilReady(for: .reading)) }
        var ready = try select(reading: [c, b, a], writing: [b, a])
        #expect(ready.readable.count == 2)
        #expect(ready.readable.first === c && ready.readable.last === a)
        #expect(ready.writable.count == 2)
        #expect(ready.writable.first === b && ready.writable.last === a)
        ready = try select(reading: [b], writing: [a])
        #expect(ready.readable.isEmpty && ready.writable.first === a)
    }

    @Test func givesUpAfterItsTime() throws {
        let (socket, peer) = try connectedPair()
        let begin = Instant.now
        var ready = try select(reading: [socket], timeout: .milliseconds(20))
        #expect(ready.readable.isEmpty && ready.writable.isEmpty)
        #expect(Instant.now >= begin + .milliseconds(20))
        ready = try select(reading: [socket], timeout: .zero)
        #expect(ready.readable.isEmpty)
        ready = try select(reading: [], timeout: .microseconds(1))
        #expect(ready.readable.isEmpty)
        peer.close()
        ready = try select(reading: [socket])
        #expect(ready.readable.first === socket, "the end of the stream is readable")
    }

    @Test func findsAClientAndAnError() throws {
        let listener = try Socket.listener(on: loopback())
        let client = try Socket.connection(to: ("127.0.0.1", listener.localAddress.port))
        #expect(try select(reading: [listener]).readable.first === listener)
        let (server, _) = try #require(try listener.accept())
        client.reset()
        #expect(try select(reading: [server]).readable.first === server)
        expectFailure(.receive, ECONNRESET) { _ = try server.receive(upTo: 1) }
    }

    @Test func namesAClosedSocketAsTheFault() throws {
        let socket = try Socket(.ipv4, .datagram)
        socket.close()
        expectFailure(.select, EBADF) { _ = try select(reading: [socket], timeout: .zero) }
        expectFailure(.select, EBADF) {
            _ = try select(reading: [], writing: [socket], timeout: .zero)
        }
    }

    @Test func keepsListsLikePythons() throws {
        let sockets = try (0..<3).map { _ in try Socket(.ipv4, .datagram) }
        var inputs = sockets
        inputs.remove(sockets[1])
        #expect(inputs.count == 2 && !inputs.contains(sockets[1]))
        #expect(inputs.contains(sockets[0]) && inputs.contains(sockets[2]))
        inputs.remove(sockets[1])
        #expect(inputs.count == 2)
    }
}
