import Foundation
import Processes
import Testing

/// Programs that do what they should not, and their keeper, which `grade` plays here.
@Suite(.requiresPython, .enabled(if: access("/proc/self/stat", R_OK) == 0, "needs /proc"))
struct KeeperTests {
    private func start(_ command: String..., keeper: Keeper = Keeper()) throws -> ChildProcess {
        var keeper = keeper
        keeper.program = try BuiltPrograms.path(of: "grade")
        return try ChildProcess(
            command, environment: ProcessInfo.processInfo.environment, keeper: keeper)
    }

    private func python(_ script: String, keeper: Keeper = Keeper()) throws -> ChildProcess {
        try start("python3", "-c", "import os, signal, time\n" + script, keeper: keeper)
    }

    @Test func outputInputAndExitPassThroughIt() throws {
        let shell = try start("/bin/sh", "-c", #"read x; echo "$x"; echo err >&2; exit 7"#)
        try shell.write(Array("typed\n".utf8), within: .seconds(patience))
        #expect(try #require(shell.exitInTime) == .code(7))
        #expect(shell.output.bytes == Array("typed\n".utf8))
        #expect(shell.errors.bytes == Array("err\n".utf8))
        #expect(shell.end(asking: .seconds(patience)) == Ending())
    }

    @Test func aMissingProgramIsTold() throws {
        let error = try #require(throws: ProcessError.self) { try start("no-such-program") }
        #expect(error.isNotFound)
    }

    @Test func theProgramHasItsStreamsAndItsLimits() throws {
        let keeper = Keeper(fileSize: 1 << 20, descriptors: 50)
        let script = "ls /proc/self/fd | wc -l; ulimit -n; ulimit -f; ulimit -c"
        let shell = try start("/bin/sh", "-c", script, keeper: keeper)
        _ = try #require(shell.exitInTime)
        let lines = String(decoding: shell.output.bytes, as: UTF8.self).split(separator: "\n")
        // `ls` has one more, for the folder. The limit of files is told in blocks of 512 bytes.
        #expect(lines.map { $0.drop { $0 == " " } } == ["4", "50", "2048", "0"])
    }

    @Test func whatLeavesTheGroupIsFoundNamedAndKilled() throws {
        let program = try python(
            """
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    print(os.getpid(), flush=True)
                    os.execvp("sleep", ["sleep", "300"])
                os._exit(0)
            os.wait()
            """)
        let left = try program.number()
        #expect(try #require(program.exitInTime) == .code(0))
        #expect(program.processCount == 1)
        #expect(program.end(asking: .milliseconds(100)).leftBehind == ["sleep"])
        #expect(try hasGone(left))
    }

    @Test(arguments: [
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.signal(signal.SIGINT, signal.SIG_IGN)",
        "os.kill(os.getpid(), signal.SIGSTOP)",
        "[os.close(i) for i in range(3)]; signal.signal(signal.SIGTERM, signal.SIG_IGN)",
    ]) func oneThatDoesNotEndIsKilled(script: String) throws {
        let program = try python("print(os.getpid(), flush=True); \(script); time.sleep(300)")
        let identifier = try program.number()
        #expect(identifier == program.identifier)
        program.signal(SIGINT, toGroup: true)
        // Before its signals are ignored, SIGINT ends it.
        _ = program.end(asking: .milliseconds(300))
        #expect(program.exit != nil)
        #expect(try hasGone(identifier))
    }

    @Test func aStoppedKeeperGoesOn() throws {
        let program = try python(
            "os.kill(os.getppid(), signal.SIGSTOP); print(1, flush=True); time.sleep(300)")
        _ = try program.number()
        let ending = program.end(asking: .seconds(patience))
        #expect(ending == Ending())
        #expect(program.exit == .signal(SIGTERM))
        #expect(!program.contents.hasKilledKeeper)
    }

    @Test func oneThatKillsItsKeeperDoesNotOutliveIt() throws {
        let program = try python(
            """
            if os.fork() == 0: time.sleep(300)
            os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)
            time.sleep(300)
            """)
        #expect(try #require(program.exitInTime) == .signal(SIGKILL))
        #expect(
            program.wait(within: .seconds(patience)) { $0.hasKilledKeeper ? true : nil } == true)
        #expect(try hasGone(program.identifier))
        program.end(asking: .zero)
    }

    @Test func tooManyProcessesAreKilled() throws {
        let script = """
            print(os.getpid(), flush=True)
            for i in range(60):
                if os.fork() == 0:
                    if i % 2: os.setsid()
                    time.sleep(300)
            time.sleep(300)
            """
        let program = try python(script, keeper: Keeper(processes: 20))
        #expect(try #require(program.exitInTime) == .signal(SIGKILL))
        #expect(program.contents.excess == .processes)
        #expect(program.end(asking: .seconds(patience)) == Ending())
        #expect(program.processCount == 0)
        let other = try python(script, keeper: Keeper(processes: 100))
        #expect(other.wait(within: .milliseconds(500)) { $0.exit } == nil)
        other.end(asking: .zero)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/statm")))
    func tooMuchMemoryIsTaken() throws {
        let script = """
            if os.fork() == 0:
                taken = [b"x" * 10_000_000 for _ in range(30)]
            time.sleep(60)
            """
        let program = try python(script, keeper: Keeper(memory: 200 << 20))
        #expect(try #require(program.exitInTime) == .signal(SIGKILL))
        #expect(program.contents.excess == .memory)
        program.end(asking: .zero)
    }

    /// What a parent and its children have together until one of them writes counts once.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/smaps_rollup")))
    func sharedMemoryCountsOnce() throws {
        let script = """
            taken = b"x" * 60_000_000
            for i in range(9):
                if os.fork() == 0: time.sleep(60)
            print(1, flush=True)
            time.sleep(60)
            """
        let program = try python(script, keeper: Keeper(memory: 200 << 20))
        _ = try program.number()
        // The keeper counts ten times a second.
        #expect(program.wait(within: .milliseconds(500)) { $0.exit } == nil)
        #expect(program.contents.excess == nil)
        program.end(asking: .zero)
    }

    // MARK: grade itself

    /// Runs `grade` on a script, whose `$1` is a file for process ids.
    private func grade(_ script: String, _ body: (Running, () throws -> pid_t) throws -> Void)
        throws
    {
        let folder = try ScratchFolder()
        let file = try folder.write("numbers", "")
        let judge = try Running(
            [
                try BuiltPrograms.path(of: "grade"), "guess-server", "--only", "start.listen", "--",
                "python3", "-c", "import os, signal, sys, time\n" + script, file,
            ],
            // A judge that is killed leaves the program's folder.
            environment: ["TMPDIR": folder.path])
        try finishing(judge) { judge in
            try body(judge) {
                var text = ""
                try waitUntil("a process id") {
                    text = String(decoding: try folder.read("numbers"), as: UTF8.self)
                    return text.hasSuffix("\n")
                }
                return try #require(text.split(separator: "\n").first.flatMap { pid_t($0) })
            }
        }
    }

    @Test func aJudgeThatIsKilledLeavesNothing() throws {
        try grade(
            """
            os.fork()
            os.setsid() if os.getpgrp() != os.getpid() else 0
            open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
            time.sleep(300)
            """
        ) { judge, number in
            let program = try number()
            judge.signal(SIGKILL)
            try judge.waitForExit()
            #expect(try hasGone(program))
        }
    }

    @Test func whatKillsItsKeeperIsFoundByTheJudge() throws {
        try grade(
            """
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
                    time.sleep(300)
                os._exit(0)
            os.wait()
            time.sleep(0.2)
            os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)
            time.sleep(300)
            """
        ) { judge, number in
            let left = try number()
            #expect(try judge.waitForExit() != 0)
            #expect(try hasGone(left))
        }
    }
}

extension ChildProcess {
    fileprivate var exitInTime: Exit? { wait(within: .seconds(patience)) { $0.exit } }

    /// Waits for a line with a number.
    fileprivate func number() throws -> pid_t {
        let line = wait(within: .seconds(patience)) { $0.output.takeLine { _ in true } }
        return try #require(line.flatMap { pid_t($0) })
    }
}

private func waitUntil(_ what: String, _ isMet: () throws -> Bool) throws {
    let deadline = Date(timeIntervalSinceNow: patience)
    while try !isMet() {
        guard Date() < deadline else { throw ProgramFailure("no \(what)") }
        _ = poll(nil, 0, 10)
    }
}

/// Waits until there is no such process; whatever takes over orphans reaps it, sooner or later.
private func hasGone(_ identifier: pid_t) throws -> Bool {
    try waitUntil("end of process \(identifier)") {
        let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
        return status.map { $0.contains("State:\tZ") } ?? true
    }
    return true
}
