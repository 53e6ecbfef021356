import Foundation
import TestSupport
import Testing

@testable import Sockets

/// Accepting for a server that has a thread for each client.
@Suite struct AcceptingTests {
    @Test func clientsComeUntilTheStop() throws {
        let listener = try Socket.listener(on: loopback())
        let (stop, signal) = try connectedPair()
        let clients = try (0..<3).map { _ in
            try Socket.connection(to: ("127.0.0.1", listener.localAddress.port))
        }
        for client in clients {
            let next = try #require(try listener.accept(orStopAt: stop) { _ in })
            #expect(try next.address == client.localAddress)
            #expect(next.client.peer == next.address)
            #expect(try next.client.option(.keepAlive) != 0)
            // It waits as an accepted socket does.
            try client.sendAll([42])
            #expect(try next.client.receive(upTo: 9) == .bytes([42]))
        }
        let waiting = Background {
            [listener = UncheckedSendable(listener), stop = UncheckedSendable(stop)] in
            try listener.value.accept(orStopAt: stop.value) { _ in } == nil
        }
        try signal.sendAll([1])
        #expect(try waiting.value() == true)
        // The stop goes before a client that waits.
        let late = try Socket.connection(to: ("127.0.0.1", listener.localAddress.port))
        #expect(try listener.accept(orStopAt: stop) { _ in } == nil)
        late.close()
    }

    @Test func aClientThatHasLeftIsNotHeardOut() throws {
        let (client, server) = try connectedPair()
        client.close()
        #expect(try server.waitUntilReady(for: .reading))
        try server.setBlocking(false)
        let departures = Departures()
        departures.add(server, until: .distantFuture)
        #expect(departures.earliestEnd == nil && server.descriptor == -1)
    }

    @Test func itRestsWhileDescriptorsHaveRunOut() async {
        await #expect(processExitsWith: .success) {
            let listener = try Socket.listener(on: loopback())
            let (stop, signal) = try connectedPair()
            let client = try Socket.connection(to: ("127.0.0.1", listener.localAddress.port))
            let limit = try DescriptorLimit.exhaust()
            var told: [String] = []
            let next = try listener.accept(orStopAt: stop) { line in
                told.append(line)
                try? DescriptorLimit.set(to: limit)
            }
            #expect(try next?.address == client.localAddress)
            #expect(
                told == [
                    "cannot accept a client: too many open files; "
                        + "close some connections, or raise the limit with 'ulimit -n'"
                ])
            withExtendedLifetime(signal) {}
        }
    }
}
