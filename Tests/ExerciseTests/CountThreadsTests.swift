import Foundation
import Testing

/// Programming 2, Run Functions as Threads.
struct CountThreadsTests {
    @Test func bothThreadsCountFrom0To10() throws {
        let result = try run("count-threads", ["--delay", "0"])
        #expect(result.exit == 0 && result.stderr.isEmpty && result.stdout.hasSuffix("\n"))
        let lines = result.stdout.dropLast().components(separatedBy: "\n")
        #expect(lines.count == 22)
        // Each thread's lines stay in their order.
        for name in ["A", "B"] {
            #expect(lines.filter { $0.hasPrefix(name) } == (0...10).map { "\(name)\($0)" })
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func theyRunAtTheSameTimeAndEachLineIsThereAtOnce(signal: Int32) throws {
        try withProgram("count-threads", ["--delay", "1000"]) { program in
            // If they ran one after the other, the second would begin in three hours.
            try program.waitForLine(containing: "A0")
            try program.waitForLine(containing: "B0")
            program.signal(signal)
            #expect(try program.waitForExit() == 128 + signal)
            #expect(["A0\nB0\n", "B0\nA0\n"].contains(program.standardOutput))
            #expect(program.standardError.isEmpty)
        }
    }

    @Test func aSeedRepeatsTheWaitsOfEach() throws {
        // Computed with Python from SplitMix64.
        let waits = [
            "A": [7, 6, 5, 6, 3, 1, 9, 9, 8, 1, 9], "B": [5, 7, 9, 8, 3, 4, 7, 1, 0, 0, 3],
        ]
        let result = try run("count-threads", ["--delay", "0-0.01", "--seed", "7", "-v"])
        let lines = result.stderr.split(separator: "\n").map(String.init)
        for (name, expected) in waits {
            #expect(
                lines.filter { $0.contains(": \(name) ") }
                    == expected.map { "count-threads: \(name) sleeps for \($0) ms" })
        }
        #expect(lines.count == 22)
    }

    @Test func theSheetsWaitIsTheDefault() throws {
        let help = try run("count-threads", ["--help"]).stdout
        #expect(
            help.contains("waits this long after each number, or <min>-<max> at\n"))
        #expect(help.contains("random (default 0-1)\n"))
    }
}
