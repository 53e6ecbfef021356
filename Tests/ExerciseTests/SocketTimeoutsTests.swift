import Foundation
import Testing

/// Practice 4, "Socket timeout".
struct SocketTimeoutsTests {
    @Test(arguments: ["0", "0.1-0.2"])
    func theThreeWaysToWait(delay: String) throws {
        #expect(
            try run("socket-timeouts", ["--delay", delay])
                == ProgramResult(
                    exit: 0,
                    stdout: """
                        settimeout(1.0): timed out after 1.0 s
                        setblocking(False): would block, at once
                        setblocking(True): waited, and 1 byte has come

                        """, stderr: ""))
    }

    /// The last way has no limit: it is still waiting when the program is told to end.
    @Test func theLastWayWaitsAsLongAsItTakes() throws {
        try withProgram("socket-timeouts", ["--delay", "1000"]) { program in
            try program.waitForLine(containing: "setblocking(False): would block, at once")
            program.signal(SIGTERM)
            #expect(try program.waitForExit() == 128 + SIGTERM)
        }
    }
}
