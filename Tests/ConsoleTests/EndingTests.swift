import CSystem
import Foundation
import Testing

@testable import Console

// Each of these runs in a process of its own, for it ends that process.
@Suite struct EndingTests {
    @Test func aGoneReaderEndsSilently() async {
        let result = await #expect(
            processExitsWith: .exitCode(141), observing: [\.standardErrorContent]
        ) {
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            close(ends[0])
            dup2(ends[1], STDOUT_FILENO)
            ending_install(0)
            print("nobody reads this")
        }
        // The testing library writes bytes of its own there.
        let told = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(!told.contains("cannot"))
    }

    @Test func aClosedOutputEndsSilently() async {
        await #expect(processExitsWith: .exitCode(141)) {
            // This is the replacement of a closed descriptor 1. The test does not close it, for
            // another thread of the testing library could open a file in its place.
            dup2(system_open("/dev/null", O_RDONLY, 0), STDOUT_FILENO)
            replaceClosedDescriptors()
            print("nobody reads this")
        }
    }

    @Test(.enabled(if: access("/dev/full", W_OK) == 0, "this system has no /dev/full"))
    func aFullDiskIsTold() async {
        let result = await #expect(
            processExitsWith: .exitCode(1), observing: [\.standardErrorContent]
        ) {
            declareProgramName("sample")
            dup2(system_open("/dev/full", O_WRONLY, 0), STDOUT_FILENO)
            print("no room for this")
        }
        let told = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(
            told.contains("sample: cannot write to standard output: no space left on device\n"))
    }

    @Test func aLineThatWaitsForItsReaderIsWrittenWhole() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            dup2(ends[1], STDERR_FILENO)
            declareProgramName("sample")
            _ = system_set_nonblocking(ends[0], true)
            let long = String(repeating: "x", count: 100_000)
            diagnose(long)
            diagnose("dropped")
            let note = "1 diagnostic was dropped: standard error did not take it"
            let expected = [long, note].map { "sample: \($0)\n" }.joined()
            var read: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            while read.count < expected.utf8.count {
                let count = CSystem.read(ends[0], &buffer, buffer.count)
                read += buffer.prefix(max(0, count))
                tellDroppedDiagnostics()
            }
            guard read == Array(expected.utf8) else { exit(1) }
        }
    }

    @Test func printingIsSwifts() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) {
            Console.print("a", 1, Optional(2.5) as Any, separator: "-", terminator: "!")
            Console.print()
            Console.print([UInt8(3)], "ä")
            Console.write([0xFF, 0x00, 0x0A])
        }
        let bytes: [UInt8] =
            Array("a-1-Optional(2.5)!\n[3] ä\n".utf8) + [0xFF, 0x00, 0x0A]
        #expect(result?.standardOutputContent == bytes)
    }

    @Test func clocksTellTheZonesTime() async {
        await #expect(processExitsWith: .success) {
            // POSIX writes a zone east of Greenwich with a minus.
            setenv("TZ", "XYZ-5:30", 1)
            let clock = WallClock(at: 1_795_219_200)
            #expect(clock.date() == "2026-11-21")
            #expect(clock.time() == "05:30:00")
            #expect(clock.text(format: "") == "")
            #expect(clock.text(format: "100%% %Y\u{0}ä%H") == "100% 2026\u{0}ä05")
            #expect(clock.text(format: "%Y", limit: 4) == "2026")
            #expect(clock.text(format: "%Y", limit: 3) == nil)
            #expect(clock.text(format: "ab\u{0}", limit: 2) == nil)
            #expect(clock.text(format: "%n%t%", limit: 3) == "\n\t%")
            #expect(clock.text(format: "%100000d") == nil)
            let zeros = String(repeating: "\u{0}", count: 4_096)
            #expect(clock.text(format: zeros) == zeros)
        }
    }

    @Test func visitorsAreToldInTheOrderOfTheirNumbers() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) {
            let visitors = Visitors()
            let end = DispatchSemaphore(value: 0)
            for _ in 1...8 {
                Thread.detachNewThread {
                    for _ in 1...50 { _ = visitors.join() }
                    end.signal()
                }
            }
            for _ in 1...8 { end.wait() }
            visitors.leave(7)
        }
        let expected =
            (1...400).map { "client \($0) joined\n" }.joined() + "client 7 left\n"
        #expect(result?.standardOutputContent == Array(expected.utf8))
    }

    @Test(arguments: [(true, 0), (false, 143)])
    func aSignalEndsByRole(isServer: Bool, code: Int) async {
        await #expect(processExitsWith: .exitCode(Int32(code))) { [isServer] in
            // As if inherited.
            var everything = sigset_t()
            sigfillset(&everything)
            sigprocmask(SIG_BLOCK, &everything, nil)
            ending_install(isServer ? 1 : 0)
            kill(getpid(), SIGTERM)
            while true { pause() }
        }
    }
}
