import CSystem
import Processes
import Testing

/// The end of a program without a keeper. KeeperTests has the others.
struct EndingTests {
    @Test func oneThatObeysIsNotKilled() throws {
        let shell = try start(
            "/bin/sh", "-c",
            "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done")
        _ = try shell.line()
        #expect(shell.end(asking: patience) == Ending())
        #expect(shell.exit == .code(3))
        #expect(shell.output.text == "ready\nbye\n")
        #expect(shell.end(asking: patience) == Ending())
    }

    @Test func oneThatDoesNotIsKilled() throws {
        let shell = try start("/bin/sh", "-c", "trap '' TERM INT; echo ready; exec sleep 60")
        _ = try shell.line()
        #expect(shell.end(asking: .milliseconds(100)).wasForced)
        #expect(shell.exit == .signal(SIGKILL))
    }

    @Test func withoutPatienceItIsKilledAtOnce() throws {
        let shell = try start("/bin/sh", "-c", "trap 'echo asked' TERM; echo ready; sleep 60")
        _ = try shell.line()
        #expect(shell.end(asking: .zero).wasForced)
        #expect(shell.exit == .signal(SIGKILL))
        #expect(shell.output.text == "ready\n")
    }

    @Test func whatItLeftInItsGroupIsToldAndKilled() throws {
        let shell = try start("/bin/sh", "-c", "sleep 60 & echo $!")
        let left = try #require(try pid_t(shell.line()))
        _ = try #require(shell.wait(within: patience) { $0.exit })
        #expect(isAlive(left))
        #expect(shell.end(asking: .milliseconds(100)).leftBehind == ["sleep"])
        #expect(waitForEnd(of: left))
    }

    @Test func aChildThatEndsSoonIsNotLeftBehind() throws {
        let shell = try start("/bin/sh", "-c", "sleep 0.3 & exit 0")
        _ = try #require(shell.wait(within: patience) { $0.exit })
        #expect(shell.end(asking: patience) == Ending())
    }

    @Test(.enabled(if: hasProc)) func descendantsOfOtherGroupsAreKilledWithIt() throws {
        let script = """
            import os, signal, time
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if os.fork() == 0:
                os.setsid()
                print(os.getpid(), flush=True)
            time.sleep(60)
            """
        let python = try start("python3", "-c", script)
        let other = try #require(try pid_t(python.line()))
        #expect(python.end(asking: .milliseconds(100)).wasForced)
        #expect(waitForEnd(of: other))
    }
}
