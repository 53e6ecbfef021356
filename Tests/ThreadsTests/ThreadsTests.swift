import Synchronization
import Testing

@testable import Threads

@Suite struct ThreadsTests {
    @Test func twoThreadsRunAtTheSameTime() throws {
        // Each thread waits for the other: if they ran one after the other, they would never end.
        let (ping, pong) = (Semaphore(0), Semaphore(0))
        let first = Thread {
            ping.release()
            pong.acquire()
        }
        let second = Thread {
            ping.acquire()
            pong.release()
        }
        try first.start()
        try second.start()
        first.join()
        second.join()
    }

    @Test func nothingRunsBeforeItIsStarted() throws {
        let trail = Trail()
        let thread = Thread { trail.note("thread") }
        trail.note("before")
        try thread.start()
        thread.join()
        trail.note("after")
        #expect(trail.notes == ["before", "thread", "after"])
    }

    @Test func severalMayJoin() throws {
        let (gate, trail) = (Semaphore(0), Trail())
        let thread = Thread {
            gate.acquire()
            trail.note("thread")
        }
        try thread.start()
        let joiners = (0..<10).map { _ in
            Thread {
                thread.join()
                trail.note("joiner")
            }
        }
        for joiner in joiners { try joiner.start() }
        gate.release()
        for joiner in joiners { joiner.join() }
        thread.join()
        #expect(trail.notes == ["thread"] + [String](repeating: "joiner", count: 10))
    }

    @Test func itGoesOnWithoutItsObject() throws {
        let (gate, ended) = (Semaphore(0), Semaphore(0))
        try Thread {
            gate.acquire()
            ended.release()
        }.start()
        gate.release()
        ended.acquire()
    }

    @Test func whatWentWithItIsGoneWhenItHasEnded() throws {
        final class Resource: Sendable {
            let trail: Trail
            init(_ trail: Trail) { self.trail = trail }
            deinit { trail.note("closed") }
        }
        let trail = Trail()
        let thread = Thread { [resource = Resource(trail)] in resource.trail.note("used") }
        try thread.start()
        thread.join()
        #expect(trail.notes == ["used", "closed"])
    }

    @Test func aThousandThreadsCanBeStarted() throws {
        let places = Semaphore(50)
        let sum = Sum()
        for number in 1...1_000 {
            places.acquire()
            let thread = Thread {
                sum.add(number)
                places.release()
            }
            try thread.start()
        }
        for _ in 1...50 { places.acquire() }
        #expect(sum.value == 500_500)
    }

    @Test func aThreadThatCannotBeStartedIsToldAndMayBeTriedAgain() throws {
        let trail = Trail()
        // A stack larger than any address space.
        let thread = Thread(stackSize: 1 << 60) { trail.note("thread") }
        for _ in 1...2 {
            let error = #expect(throws: ThreadError.self) { try thread.start() }
            #expect(
                error?.description == "cannot start a thread: resource temporarily unavailable; "
                    + "end some threads or programs, or raise the limit with 'ulimit -u'")
        }
        #expect(trail.notes.isEmpty)
        #expect(ThreadError(code: 22).description == "cannot start a thread: invalid argument")
    }
}

@Suite struct SemaphoreTests {
    @Test func atMostSoManyAreInside() throws {
        let places = Semaphore(3)
        let inside = Sum()
        let threads = (0..<20).map { _ in
            Thread {
                for _ in 0..<200 {
                    places.acquire()
                    inside.add(1)
                    inside.add(-1)
                    places.release()
                }
            }
        }
        for thread in threads { try thread.start() }
        for thread in threads { thread.join() }
        #expect(inside.value == 0)
        #expect((1...3).contains(inside.most))
    }

    @Test func aPlaceCanBeGivenBackInAdvance() {
        let places = Semaphore(0)
        for _ in 0..<5 { places.release() }
        for _ in 0..<5 { places.acquire() }
    }
}

/// The events of all threads, in order.
private final class Trail: Sendable {
    private let stored = Mutex<[String]>([])

    var notes: [String] { stored.withLock { $0 } }

    func note(_ text: String) { stored.withLock { $0.append(text) } }
}

/// A number that several threads change, and its greatest value.
private final class Sum: Sendable {
    private let stored = Mutex((value: 0, most: 0))

    var value: Int { stored.withLock { $0.value } }
    var most: Int { stored.withLock { $0.most } }

    func add(_ number: Int) {
        stored.withLock {
            $0.value += number
            $0.most = max($0.most, $0.value)
        }
    }
}
