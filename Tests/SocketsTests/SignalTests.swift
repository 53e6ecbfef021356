import Foundation
import Sockets
import Synchronization
import TestSupport
import Testing

/// Signals without end for one thread, which is in a call that waits.
private final class SignalStorm: Sendable {
    private let isOver = Mutex(false)

    /// Begins; after `count` signals, does `action` and goes on until the storm is stopped.
    func begin(after count: Int, _ action: @escaping @Sendable () throws -> Void)
        -> Background<Void>
    {
        var handling = sigaction()
        // Without SA_RESTART, so that every call of this kind sees EINTR.
        handling.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGUSR1, &handling, nil)
        let thread = UncheckedSendable(pthread_self())
        return Background { [self] in
            var sent = 0
            while isOver.withLock({ !$0 }) {
                pthread_kill(thread.value, SIGUSR1)
                sched_yield()
                sent += 1
                if sent == count { try action() }
            }
        }
    }

    func stop() { isOver.withLock { $0 = true } }
}

@Suite struct SignalTests {
    /// Waits with `wait` for a byte that comes after very many signals.
    private func surviveStorm(_ wait: (Socket) throws -> Bool) throws {
        let (client, server) = try connectedPair()
        let storm = SignalStorm()
        let background = storm.begin(after: 500) { [server = UncheckedSendable(server)] in
            try server.value.sendAll([42])
        }
        #expect(try wait(client))
        storm.stop()
        _ = try background.value()
        try client.setTimeout(.seconds(30))
        #expect(try client.receive(exactly: 1) == [42])
    }

    @Test func aSignalDoesNotEndAReceive() throws {
        let (client, server) = try connectedPair()
        try client.setBlocking(true)
        let storm = SignalStorm()
        let background = storm.begin(after: 500) { [server = UncheckedSendable(server)] in
            try server.value.sendAll([42])
        }
        #expect(try client.receive(upTo: 9) == .bytes([42]))
        storm.stop()
        _ = try background.value()
    }

    @Test func aSignalDoesNotEndAnAccept() throws {
        let listener = try Socket.listener(on: loopback())
        let port = try listener.localAddress.port
        let storm = SignalStorm()
        let background = storm.begin(after: 500) {
            _ = try Socket.connection(to: "127.0.0.1", port: port)
        }
        #expect(try listener.accept() != nil)
        storm.stop()
        _ = try background.value()
    }

    @Test func aSignalDoesNotEndASend() throws {
        let (client, server) = try connectedPair()
        try client.setBlocking(true)
        let storm = SignalStorm()
        let count = 20_000_000
        let background = storm.begin(after: 500) { [server = UncheckedSendable(server)] in
            _ = try server.value.receive(exactly: count)
        }
        try client.sendAll([UInt8](repeating: 1, count: count))
        storm.stop()
        _ = try background.value()
    }

    @Test func aSignalDoesNotEndASelect() throws {
        try surviveStorm { try select(reading: [$0]).readable.count == 1 }
    }

    @Test func aSignalDoesNotEndAWait() throws {
        try surviveStorm { try $0.waitUntilReady(for: .reading) }
    }

    @Test(arguments: Poller.Mechanism.allCases)
    func aSignalDoesNotEndAPoll(_ mechanism: Poller.Mechanism) throws {
        try surviveStorm {
            let poller = try Poller(mechanism)
            try poller.add($0, for: .reading, token: 1)
            try poller.wait()
            return poller.next()?.token == 1
        }
    }

    /// Were the time begun anew after each signal, this would never end.
    @Test func signalsDoNotStretchATime() throws {
        let (client, server) = try connectedPair()
        defer { server.close() }
        let storm = SignalStorm()
        let background = storm.begin(after: 1) {}
        try client.setTimeout(.milliseconds(50))
        expectFailure(.receive, ETIMEDOUT) { _ = try client.receive(upTo: 1) }
        #expect(try select(reading: [client], timeout: .milliseconds(50)).readable.isEmpty)
        for mechanism in Poller.Mechanism.allCases {
            let poller = try Poller(mechanism)
            try poller.add(client, for: .reading, token: 1)
            try poller.wait(timeout: .milliseconds(50))
            #expect(poller.next() == nil)
        }
        storm.stop()
        _ = try background.value()
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalToStopCanBeWaitedFor(_ number: Int32) async {
        await #expect(processExitsWith: .success) { [number] in
            var blocked = sigset_t()
            sigemptyset(&blocked)
            sigaddset(&blocked, number)
            pthread_sigmask(SIG_BLOCK, &blocked, nil)
            let stop = try Socket.stopSignal()
            #expect(try !stop.waitUntilReady(for: .reading, until: .now))
            kill(getpid(), number)
            #expect(try stop.waitUntilReady(for: .reading, until: .now + .seconds(30)))
        }
    }

    @Test func theNewestAskerGetsTheSignal() async {
        await #expect(processExitsWith: .success) {
            let first = try Socket.stopSignal()
            let second = try Socket.stopSignal()
            kill(getpid(), SIGTERM)
            #expect(try second.waitUntilReady(for: .reading, until: .now + .seconds(30)))
            #expect(try !first.waitUntilReady(for: .reading, until: .now))
        }
    }

    @Test func aSecondSignalEndsTheProcessAtOnce() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let stop = try Socket.stopSignal()
            kill(getpid(), SIGTERM)
            guard try stop.waitUntilReady(for: .reading, until: .now + .seconds(30)) else {
                exit(1)
            }
            kill(getpid(), SIGINT)
            _ = try stop.waitUntilReady(for: [], until: .now + .seconds(30))
            exit(2)
        }
    }
}
