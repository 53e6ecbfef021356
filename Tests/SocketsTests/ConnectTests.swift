import Foundation
import Sockets
import Testing

@Suite struct ConnectTests {
    @Test func connectsByName() throws {
        let listener = try Socket.listener(on: loopback())
        let port = try listener.localAddress.port
        for host in ["localhost", "127.0.0.1"] {
            let client = try Socket.connection(to: (host, port), timeout: .seconds(30))
            #expect(client.peer?.description == "127.0.0.1:\(port)")
        }
    }

    @Test(.requiresIPv6) func triesEveryAddressOfAName() throws {
        let addresses = try SocketAddress.resolve(("localhost", 0))
        let names = addresses.contains { $0.family == .ipv6 } ? ["localhost", "::1"] : ["::1"]
        let listener = try Socket.listener(on: loopback(.ipv6))
        let port = try listener.localAddress.port
        for host in names {
            #expect(try Socket.connection(to: (host, port)).family == .ipv6)
        }
    }

    @Test func triesUntilOneAttemptSucceeds() throws {
        var tried: [SocketAddress] = []
        let addresses = try SocketAddress.resolve(("localhost", 7))
        let last = try SocketAddress.tryEach(of: ("localhost", 7)) {
            address throws(SocketError) in
            tried.append(address)
            if address != addresses.last {
                throw SocketError(.connect, at: address, code: ECONNREFUSED)
            }
            return address
        }
        #expect(tried == addresses && last == addresses.last)
        // Of several failures the first is told.
        let error = expectFailure(.connect, ECONNREFUSED) {
            try SocketAddress.tryEach(of: ("localhost", 7)) { address throws(SocketError) in
                throw SocketError(.connect, at: address, code: ECONNREFUSED)
            }
        }
        #expect(error?.address == addresses.first)
    }

    @Test func saysThatNobodyListens() {
        // Port 1 is privileged, so no other test can listen there.
        let error = expectFailure(.connect, ECONNREFUSED) {
            _ = try Socket.connection(to: ("127.0.0.1", 1))
        }
        #expect(error?.isRefused == true)
        #expect(
            error?.description == "cannot connect to 127.0.0.1:1: connection refused; "
                + "start the server first, and check the address and the port")
    }

    @Test func connectsWithoutWaiting() throws {
        let listener = try Socket.listener(on: loopback())
        let client = try Socket(.ipv4, .stream)
        try client.setBlocking(false)
        if try !client.connect(to: listener.localAddress) {
            #expect(try client.waitUntilReady(for: .writing))
            try client.checkConnected()
        }
        #expect(try client.remoteAddress == listener.localAddress)
        #expect(try client.send([1]) == 1)
    }

    /// Before it sends something, the client is still in its handshake for 0.2 s. On a busy machine
    /// it may be late once, but not five times.
    @Test(.enabled(if: SocketOption.quickAcknowledgement != nil, "needs TCP_QUICKACK"))
    func itsFirstBytesTravelWithTheHandshake() throws {
        let listener = try Socket.listener(on: loopback())
        let port = try listener.localAddress.port
        let isHeldBack = try (0..<5).contains { _ in
            try listener.setBlocking(false)
            let client = try Socket.connection(to: ("127.0.0.1", port), speaksFirst: true)
            if try listener.accept() != nil { return false }
            try client.sendAll([1])
            try listener.setTimeout(.seconds(30))
            let (server, _) = try #require(try listener.accept())
            try server.setBlocking(false)
            #expect(try server.receive(upTo: 1) == .bytes([1]))
            return true
        }
        #expect(isHeldBack)
    }

    @Test func tellsAFailureAfterAConnectWithoutWaiting() throws {
        let client = try Socket(.ipv4, .stream)
        try client.setBlocking(false)
        expectFailure(.connect, ECONNREFUSED) {
            guard try !client.connect(to: loopback(port: 1)) else { return }
            #expect(try client.waitUntilReady(for: .writing))
            try client.checkConnected()
        }
    }

    /// A full backlog does not answer, just like a firewall.
    @Test func givesUpAConnectAfterItsTime() throws {
        let listener = try Socket(.ipv4, .stream)
        try listener.bind(to: loopback())
        try listener.listen(backlog: 0)
        let address = try listener.localAddress
        var clients: [Socket] = []
        let start = ContinuousClock.now
        let error = expectFailure(.connect, ETIMEDOUT) {
            for _ in 0..<100 {
                let client = try Socket(.ipv4, .stream)
                try client.setTimeout(.milliseconds(100))
                clients.append(client)
                try client.connect(to: address)
            }
        }
        // The kernel gives up, too, with the same error, but only after some 130 s.
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(error?.isTimeout == true)
        #expect(
            error?.description == "cannot connect to \(address): timed out; "
                + "check the address, and whether a firewall is in the way")
    }

    @Test func saysThatAPortIsInUse() throws {
        let first = try Socket.listener(on: loopback())
        let address = try first.localAddress
        let error = expectFailure(.bind, EADDRINUSE) { _ = try Socket.listener(on: address) }
        #expect(
            error?.description == "cannot listen on \(address): address already in use; "
                + "end the program that has this port, or choose another port "
                + "(0 lets the system choose)")
    }

    /// The side that closes first keeps the port for a minute; `SO_REUSEADDR` allows it anew.
    @Test func listensAgainOnThePortOfAServerThatHasEnded() throws {
        let listener = try Socket.listener(on: loopback())
        let address = try listener.localAddress
        let client = try Socket.connection(to: ("127.0.0.1", address.port))
        let (server, _) = try #require(try listener.accept())
        server.close()
        #expect(try client.receive(upTo: 1) == .endOfStream)
        client.close()
        let successor = try Socket(.ipv4, .stream)
        try successor.setOption(.reuseAddress, to: 1)
        listener.close()
        try successor.bind(to: address)
        try successor.listen()
        #expect(try successor.localAddress == address)
    }

    @Test func saysThatAnAddressIsNotThisMachines() throws {
        // TEST-NET-1 of RFC 5737 belongs to nobody, unless this very machine says so.
        let address = try #require(SocketAddress("192.0.2.199", port: 0))
        let error = expectFailure(.bind, EADDRNOTAVAIL) { _ = try Socket.listener(on: address) }
        #expect(error?.description.hasSuffix("use 127.0.0.1 or 0.0.0.0") == true)
    }
}
