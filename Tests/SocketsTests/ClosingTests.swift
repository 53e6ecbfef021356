import Foundation
import Sockets
import TestSupport
import Testing

@Suite struct ClosingTests {
    @Test func closesWithItsLastReference() throws {
        var (client, server): (Socket?, Socket) = try connectedPair()
        #expect(client != nil)
        client = nil
        #expect(try server.receive(upTo: 1) == .endOfStream)
    }

    @Test func givesThePeerEverythingThoughItHasUnreadInput() throws {
        let (client, server) = try connectedPair()
        try client.sendAll([UInt8](repeating: 1, count: 1_000))
        #expect(try server.waitUntilReady(for: .reading))
        try server.sendAll([7, 8, 9])
        let closing = Background { [server = UncheckedSendable(server)] in
            server.value.closeGracefully(by: .now + .seconds(30))
        }
        #expect(try client.receive(exactly: 3) == [7, 8, 9])
        #expect(try client.receive(upTo: 1) == .endOfStream)
        // The server still reads the client's bytes.
        try client.sendAll([1])
        client.close()
        _ = try closing.value()
        #expect(server.descriptor == -1)
    }

    @Test func hearsOutAPeerThatNeverStopsOnlySoFar() throws {
        let (client, server) = try connectedPair()
        let flood = Background { [client = UncheckedSendable(client)] in
            while true { try client.value.sendAll([UInt8](repeating: 1, count: 10_000)) }
        }
        server.closeGracefully(by: .distantFuture)
        #expect(server.descriptor == -1)
        #expect(throws: SocketError.self) { try flood.value() }
    }

    @Test func hearsOutASilentPeerOnlySoLong() throws {
        let (client, server) = try connectedPair()
        #expect(server.closeGracefully(by: .now + .milliseconds(10)) == nil)
        #expect(server.descriptor == -1)
        #expect(try client.receive(upTo: 1) == .endOfStream)
    }

    @Test func closesAfterAReset() throws {
        let (client, server) = try connectedPair()
        let address = try client.localAddress
        client.reset()
        #expect(try server.waitUntilReady(for: .reading))
        #expect(try server.remoteAddress == address)
        // The other one could not know whether all has arrived.
        #expect(server.closeGracefully()?.code == ECONNRESET)
        #expect(server.descriptor == -1)
        #expect(server.closeGracefully() == nil)
    }

    @Test func hearsOutManySilentPeersInTheTimeOfOne() throws {
        let pairs = try (0..<3).map { _ in try connectedPair() }
        let begun = Instant.now
        pairs.map(\.server).closeGracefully()
        #expect(Instant.now < begun + .seconds(2))
        for (client, server) in pairs {
            #expect(server.descriptor == -1)
            #expect(try client.receive(upTo: 1) == .endOfStream)
        }
    }

    @Test func shutsDownEitherDirection() throws {
        let (client, server) = try connectedPair()
        try server.shutdown(.receiving)
        #expect(try server.receive(upTo: 1) == .endOfStream)
        try server.sendAll([1])
        #expect(try client.receive(upTo: 1) == .bytes([1]))
        try server.shutdown(.both)
        #expect(try client.receive(upTo: 1) == .endOfStream)
        expectFailure(.send, EPIPE) { _ = try server.send([1]) }
        expectFailure(.shutdown, ENOTCONN) { try Socket(.ipv4, .stream).shutdown(.sending) }
    }

    /// The default action of SIGPIPE would end the process: hence one of its own.
    @Test func sendingToAClosedPeerIsAnErrorAndNoSignal() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            let (client, server) = try connectedPair()
            server.reset()
            #expect(try client.waitUntilReady(for: .reading))
            expectFailure(.receive, ECONNRESET) { _ = try client.receive(upTo: 1) }
            let error = expectFailure(.send, EPIPE) { _ = try client.send([1]) }
            #expect(error?.description.contains(": broken pipe; ") == true)
            expectFailure(.send, EPIPE) { try client.sendAll([1]) }

            let file = tmpfile()
            fputs("content", file)
            fflush(file)
            expectFailure(.send, EPIPE) {
                _ = try client.sendFile(fileno(file), from: 0, count: 7)
            }
            var pending = sigset_t()
            sigpending(&pending)
            #expect(sigismember(&pending, SIGPIPE) == 0)
        }
    }
}
