import CSystem
import Processes
import Testing

/// Programs started, fed and watched.
struct ChildProcessTests {
    @Test func outputAndExitAreTold() throws {
        let (exit, output, errors) = try start(
            "/bin/sh", "-c", "echo one; echo two >&2; printf end; exit 7"
        ).finish()
        #expect(exit == .code(7))
        #expect(output == "one\nend")
        #expect(errors == "two\n")
        #expect(try start("/bin/sh", "-c", "kill -TERM $$").finish().exit == .signal(SIGTERM))
    }

    @Test func whatItWroteIsThereWhenItsEndIsTold() throws {
        for _ in 0..<5 {
            let shell = try start("/bin/sh", "-c", "printf '%60000d' 7; sleep 60 & exit 0")
            _ = try #require(shell.wait(within: patience) { $0.exit })
            #expect(shell.output.count == 60_000)
            // The other one still has it.
            #expect(!shell.output.hasEnded)
            shell.end(asking: .zero)
        }
    }

    @Test func linesAreTakenInAnyOrderAndOnce() throws {
        let shell = try start("/bin/sh", "-c", "echo one; echo two; echo one more; printf end")
        _ = try shell.finish()
        func take(_ start: String) -> String? {
            shell.look { $0.output.takeLine { $0.hasPrefix(start) } }
        }
        #expect(take("two") == "two")
        #expect(take("one") == "one")
        #expect(take("one") == "one more")
        #expect(take("") == "end")
        #expect(take("") == nil)
    }

    @Test func inputReachesItWhole() throws {
        let cat = try start("/bin/cat", kept: .max)
        let text = [UInt8](repeating: 120, count: 1_000_000)
        try cat.write(text, within: patience)
        cat.closeInput()
        #expect(try cat.finish().exit == .code(0))
        #expect(cat.output.bytes == text)
        #expect(throws: ProcessError.self) { try cat.write([1], within: patience) }
    }

    @Test func writingToOneThatDoesNotReadEnds() throws {
        let sleeper = try start("/bin/sh", "-c", "sleep 60")
        let error = try #require(throws: ProcessError.self) {
            try sleeper.write([UInt8](repeating: 0, count: 1 << 20), within: .milliseconds(100))
        }
        #expect(error.isTimeout)
        #expect(
            "\(error)" == "cannot write to the standard input of '/bin/sh': it does not read what "
                + "it has got")
        sleeper.end(asking: .zero)
        let late = try #require(throws: ProcessError.self) {
            try sleeper.write([1], within: patience)
        }
        #expect(late.code == EBADF)
    }

    @Test func writingToOneThatHasGoneIsAnErrorAndNoSignal() throws {
        let gone = try start("/bin/sh", "-c", "exec <&-; echo closed; sleep 60")
        _ = try gone.line()
        let error = try #require(throws: ProcessError.self) {
            try gone.write([1], within: patience)
        }
        #expect(error.code == EPIPE)
    }

    @Test func environmentFolderAndDescriptorsAreAsGiven() throws {
        let script =
            #"echo "$COLOUR $1"; pwd -P; ls /proc/self/fd 2>/dev/null | wc -l; env | wc -l"#
        let shell = try start(
            "/bin/sh", "-c", script, "sh", "a  b", environment: ["COLOUR": "green"], folder: "/")
        let lines = try shell.finish().output.split(separator: "\n").map {
            String($0.drop { $0 == " " })
        }
        // `ls` has one more, for the folder. The shell adds PWD, and perhaps a few others.
        #expect(lines.prefix(3) == ["green a  b", "/", hasProc ? "4" : "0"])
        #expect(try Int(#require(lines.last)).map { $0 < 8 } == true)
    }

    @Test func signalsHaveTheirDefaultActions() throws {
        var blocked = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
        defer { pthread_sigmask(SIG_UNBLOCK, &blocked, nil) }
        let cat = try start("/bin/cat")
        cat.signal(SIGTERM)
        #expect(try cat.finish().exit == .signal(SIGTERM))
        cat.signal(SIGKILL)
    }

    @Test(arguments: [
        (
            ["no-such-program"],
            "cannot start 'no-such-program': no such file or directory; check "
                + "the name, install it, or give its path"
        ),
        (["./nowhere"], "cannot start './nowhere': no such file or directory; check the path"),
        ([], "cannot start '': its name is empty"),
        (
            ["/etc/passwd"],
            "cannot start '/etc/passwd': permission denied; make it executable with "
                + "'chmod +x'"
        ),
    ]) func whatCannotBeStartedIsTold(command: [String], text: String) throws {
        let error = try #require(throws: ProcessError.self) {
            try ChildProcess(command, environment: [:])
        }
        #expect("\(error)" == text)
        #expect(error.isNotFound == (error.code == ENOENT))
    }

    @Test func aMissingFolderIsNotAMissingProgram() throws {
        let error = try #require(throws: ProcessError.self) {
            try start("/bin/cat", folder: "/nowhere/at-all")
        }
        #expect(!error.isNotFound)
        #expect(
            "\(error)" == "cannot prepare the start of '/bin/cat': its folder '/nowhere/at-all' is "
                + "missing or closed")
    }

    @Test func aFloodIsCountedAndStops() throws {
        let shell = try start("/bin/sh", "-c", "yes", outputLimit: 1 << 20)
        let isOverfull = shell.wait(within: patience) { $0.output.isOverfull ? true : nil }
        #expect(isOverfull == true)
        #expect(shell.output.count == 1 << 20)
        #expect(shell.output.bytes.count == ChildProcess.keptLimit)
        #expect(shell.exit == nil)
        #expect(shell.end(asking: patience) == Ending())
        #expect(shell.exit == .signal(SIGTERM))
        #expect(shell.output.count == 1 << 20)
    }

    @Test func itIsKilledWithItsObject() throws {
        let identifier = try start("/bin/sh", "-c", "exec sleep 60").identifier
        #expect(waitForEnd(of: identifier))
    }

    @Test func manyAtOnceLeaveNoDescriptor() throws {
        func count() -> Int {
            (0..<1_024).filter { isOpen(Int32($0)) }.count
        }
        _ = try start("/bin/cat").end(asking: .zero)
        let before = count()
        for _ in 0..<5 { _ = try start("/bin/cat").end(asking: .zero) }
        // The threads give theirs back a little later; other tests have some, too.
        #expect(becomesTrue { count() <= before + 60 })
    }
}

private func isOpen(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0
}
