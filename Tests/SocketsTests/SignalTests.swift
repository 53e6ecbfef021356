import CTestSupport
import Foundation
import Sockets
import Synchronization
import TestSupport
import Testing

/// Signals without end for one thread, which is in a call that waits.
private final class SignalStorm: Sendable {
    private let isOver = Mutex(false)

    /// Begins; once this thread has been interrupted `count` times, does `action` and goes on until
    /// the storm is stopped.
    func begin(after count: Int, _ action: @escaping @Sendable () throws -> Void)
        -> Background<Void>
    {
        count_signals()
        let thread = UncheckedSendable(pthread_self())
        return Background { [self] in
            var isActionDue = true
            while isOver.withLock({ !$0 }) {
                pthread_kill(thread.value, SIGUSR1)
                sched_yield()
                if isActionDue, counted_signals() >= count {
                    isActionDue = false
                    try action()
                }
            }
        }
    }

    func stop() { isOver.withLock { $0 = true } }
}

// One after another: a signal does not tell to which storm it belongs.
@Suite(.serialized) struct SignalTests {
    /// Does `call` in a storm of signals. After very many signals, `action` ends the wait of the
    /// call.
    private func inStorm<Value>(
        _ call: () throws -> Value, until action: @escaping @Sendable () throws -> Void
    ) throws -> Value {
        let storm = SignalStorm()
        let background = storm.begin(after: 500, action)
        let value = Result { try call() }
        storm.stop()
        _ = try background.value()
        return try value.get()
    }

    /// Waits with `wait` for a byte that comes after very many signals.
    private func surviveStorm(_ wait: (Socket) throws -> Bool) throws {
        let (client, server) = try connectedPair()
        let sender = UncheckedSendable(server)
        #expect(try inStorm({ try wait(client) }, until: { try sender.value.sendAll([42]) }))
        #expect(try client.receive(exactly: 1) == [42])
    }

    @Test func aSignalDoesNotEndAReceive() throws {
        let (client, server) = try connectedPair()
        try client.setBlocking(true)
        let sender = UncheckedSendable(server)
        let received = try inStorm(
            { try client.receive(upTo: 9) }, until: { try sender.value.sendAll([42]) })
        #expect(received == .bytes([42]))
    }

    @Test func aSignalDoesNotEndAnAccept() throws {
        let listener = try Socket.listener(on: loopback())
        let port = try listener.localAddress.port
        let accepted = try inStorm({ try listener.accept() }) {
            _ = try Socket.connection(to: ("127.0.0.1", port))
        }
        #expect(accepted != nil)
    }

    @Test func aSignalDoesNotEndASend() throws {
        let (client, server) = try connectedPair()
        try client.setBlocking(true)
        let count = 20_000_000
        let receiver = UncheckedSendable(server)
        try inStorm({ try client.sendAll([UInt8](repeating: 1, count: count)) }) {
            _ = try receiver.value.receive(exactly: count)
        }
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

    /// If each signal started the time anew, this would never end.
    @Test func signalsDoNotStretchATime() throws {
        let (client, server) = try connectedPair()
        defer { server.close() }
        let storm = SignalStorm()
        let background = storm.begin(after: 1) {}
        defer { storm.stop() }
        try client.setTimeout(.milliseconds(50))
        expectFailure(.receive, ETIMEDOUT) { _ = try client.receive(upTo: 1) }
        #expect(try select(reading: [client], timeout: .milliseconds(50)).readable.isEmpty)
        for mechanism in Poller.Mechanism.allCases {
            let poller = try Poller(mechanism)
            try poller.add(client, for: .reading, token: 1)
            try poller.wait(timeout: .milliseconds(50))
            #expect(poller.next() == nil)
        }
        #expect(counted_signals() > 0)
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
            // Another thread may get the signal. If no thread ends the process, this alarm does.
            alarm(30)
            while true { pause() }
        }
    }
}
