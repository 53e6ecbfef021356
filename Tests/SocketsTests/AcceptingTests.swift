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
            try Socket.connection(to: "127.0.0.1", port: listener.localAddress.port)
        }
        for client in clients {
            let next = try #require(try listener.nextClient(orStopAt: stop) { _ in })
            #expect(try next.address == client.localAddress)
            #expect(next.socket.peer == next.address)
            #expect(try next.socket.option(.keepAlive) != 0)
            // It waits as an accepted socket does.
            try client.sendAll([42])
            #expect(try next.socket.receive(upTo: 9) == .bytes([42]))
        }
        let waiting = Background {
            [listener = UncheckedSendable(listener), stop = UncheckedSendable(stop)] in
            try listener.value.nextClient(orStopAt: stop.value) { _ in } == nil
        }
        try signal.sendAll([1])
        #expect(try waiting.value() == true)
        // The stop goes before a client that waits.
        let late = try Socket.connection(to: "127.0.0.1", port: listener.localAddress.port)
        #expect(try listener.nextClient(orStopAt: stop) { _ in } == nil)
        late.close()
    }

    @Test func itRestsWhileDescriptorsHaveRunOut() async {
        await #expect(processExitsWith: .success) {
            let listener = try Socket.listener(on: loopback())
            let (stop, signal) = try connectedPair()
            let client = try Socket.connection(
                to: "127.0.0.1", port: listener.localAddress.port)
            var limit = rlimit()
            getrlimit(rlimitOfFiles, &limit)
            limit.rlim_cur = rlim_t(client.descriptor + 20)
            #expect(setrlimit(rlimitOfFiles, &limit) == 0)
            var filling: [Socket] = []
            while let socket = try? Socket(.ipv4, .datagram) { filling.append(socket) }

            var told: [String] = []
            let next = try listener.nextClient(orStopAt: stop) { line in
                told.append(line)
                filling.removeAll()
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

#if canImport(Glibc)
    private let rlimitOfFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
    private let rlimitOfFiles = RLIMIT_NOFILE
#endif
