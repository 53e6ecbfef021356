// The parts of the standard library that the modules use and Embedded Swift lacks: enough to check
// types, not to run.

struct Mutex<Value>: @unchecked Sendable {
    init(_ value: Value) {}

    func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result { fatalError() }
}

struct ContinuousClock {
    struct Instant: Comparable {
        static func < (left: Instant, right: Instant) -> Bool { fatalError() }
        static func - (left: Instant, right: Instant) -> Duration { fatalError() }
    }

    var now: Instant { fatalError() }
}

enum CommandLine {
    static var arguments: [String] { fatalError() }
    static var argc: Int32 { fatalError() }
    static var unsafeArgv: UnsafeMutablePointer<UnsafeMutablePointer<Int8>?> { fatalError() }
}
