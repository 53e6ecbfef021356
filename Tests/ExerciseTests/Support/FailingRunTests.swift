import Foundation
import Testing

/// The role of this process's test, if `run(_:as:patience:)` has started the process.
private let role = ProcessInfo.processInfo.environment["SOCKET_LABS_TEST_ROLE"]

/// Faults that must make a run fail: each test here plays one, in a process of its own.
@Suite(.enabled(if: CommandLine.arguments[0].hasSuffix(".xctest"), "needs Linux's form of a run"))
struct FailingRunTests {
    /// Runs the test `name` alone, in a role.
    private func run(_ name: String, as role: String, patience: Int = 60) throws -> Running {
        try Running(
            [CommandLine.arguments[0], "--testing-library", "swift-testing", "--filter", name],
            environment: [
                "SOCKET_LABS_TEST_ROLE": role, "SOCKET_LABS_TEST_PATIENCE": "\(patience)",
            ])
    }

    @Test func aRunThatStandsStillEndsAndNamesTheTest() throws {
        if let role {
            let holder = try Running(["/bin/sh", "-c", "exec >'\(role)' sleep 300"])
            while holder.isAlive { pause() }
        }
        let folder = try ScratchFolder()
        try folder.makeFIFO("held")
        let fifo = folder.path(of: "held")
        let reader = try Running(["/bin/cat", fifo])
        let name = "aRunThatStandsStillEndsAndNamesTheTest()"
        let run = try run(name, as: fifo, patience: 1)
        #expect(try run.waitForExit() == 1)
        #expect(
            run.standardError.hasSuffix(
                "No test has started or ended for 1 s. Under way:\n"
                    + "✘ ExerciseTests.FailingRunTests/\(name)\n"))
        // The FIFO ends only when the program has gone.
        #expect(try reader.waitForExit() == 0)
    }

    @Test func aCrashIsReportedAndNotASignalOfTheTest() throws {
        if role != nil {
            try finishing(Running(["/bin/sh", "-c", "kill -ILL $$"])) { try $0.waitForExit() }
            return
        }
        let run = try run("aCrashIsReportedAndNotASignalOfTheTest()", as: "crash")
        #expect(try run.waitForExit() == 1)
        #expect(run.standardError.contains("sh: ended by signal 4"))
        try finishing(Running(["/bin/cat"])) { cat in
            cat.signal(SIGTERM)
            try cat.waitForExit()
        }
    }

    @Test(.enabled(if: role == nil, "plays a test that is skipped"))
    func whatIsSkippedIsToldAndCounted() throws {
        let name = "whatIsSkippedIsToldAndCounted()"
        let run = try run(name, as: "skipped")
        #expect(try run.waitForExit() == 0)
        #expect(
            run.standardError.hasSuffix(
                "➜ Test \(name) skipped: \"plays a test that is skipped\"\nTests skipped: 1\n"))
    }
}
