import Foundation
import Testing

/// The exit codes of `grade`, and what is left when it has ended.
struct GradeEndingTests {
    @Test(arguments: [
        ([], "missing <subject>; --list shows them"),
        (["guess"], "'guess' cannot be judged; --list shows what can"),
        (
            ["guess-server"],
            "missing the program: write its command after --, or --at <host>:<port>"
        ),
        (
            ["guess-server", "--only", "frame", "--", "true"],
            "guess-server has no case 'frame'; --list shows them"
        ),
        (
            ["guess-server", "--only", "form", "--skip", "form", "--", "true"],
            "no case is left to be asked"
        ),
        (
            ["guess-server", "--at", "127.0.0.1:9", "--", "true"],
            "--at and a command exclude each other"
        ),
        (["guess-server", "--csv", "x", "--", "true"], "--csv goes only with --each"),
        (["guess-server", "--", "true", "{folder}/a"], "{folder} goes only with --each"),
        (
            ["guess-server", "--", "true", "{host}", "{prot}"],
            "{prot} stands for nothing; there are {host} {port} {text} {name} {file} {path} "
                + "{folder}"
        ),
        (
            ["guess-server", "--each", "x", "--json", "y", "--", "true"],
            "--json is about one program: with --each use --out"
        ),
    ])
    func wrongUsageEndsWith64(arguments: [String], reason: String) throws {
        let result = try run("grade", arguments)
        #expect(result.exit == 64)
        #expect(result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("grade: \(reason)\nusage: grade "))
    }

    @Test(arguments: [
        (
            ["no-such-program"],
            "cannot start 'no-such-program': no such program; check the name, "
                + "install it, or give its path"
        ),
        (
            ["./no-such"],
            "cannot start './no-such': no such program; check the name, install it, "
                + "or give its path"
        ),
        (
            ["/etc/passwd"],
            "cannot start '/etc/passwd': permission denied; make it executable "
                + "with 'chmod +x'"
        ),
    ])
    func aCommandThatCannotStartEndsWith2(command: [String], reason: String) throws {
        let folder = try ScratchFolder()
        try folder.write("submission", "")
        for options in [[], ["--each", folder.path]] {
            let result = try run("grade", ["guess-server"] + options + ["--"] + command)
            #expect(result == ProgramResult(exit: 2, stdout: "", stderr: "grade: \(reason)\n"))
        }
    }

    @Test func aReportThatCannotBeWrittenEndsWith2() throws {
        let result = try run(
            "grade", ["guess-server", "--html", "/no/such/file.html", "--", "true"])
        #expect(result.exit == 2)
        #expect(result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("grade: cannot write '/no/such/file.html': "))
    }

    /// The program, its child in a session of its own, and all folders are gone after Ctrl-C.
    @Test(.requiresPython) func ctrlCEndsEverythingThatWasStarted() throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("scratch")
        let program = try folder.write(
            "stays.py",
            """
            import os, sys, time
            if os.fork() == 0:
                os.setsid()
            open(f"{sys.argv[1]}/{os.getpid()}", "w").close()
            time.sleep(600)

            """)
        try folder.makeFolder("started")
        let report = folder.path(of: "report.json")
        let arguments = [
            "guess-server", "--only", "start.listen", "--json", report, "--", "python3", program,
            folder.path(of: "started"), "{port}",
        ]
        let scratch = folder.path(of: "scratch")
        try withProgram("grade", arguments, environment: ["TMPDIR": scratch]) { grade in
            let started = folder.path(of: "started")
            try wait { try FileManager.default.contentsOfDirectory(atPath: started).count >= 2 }
            let data = try Data(contentsOf: URL(fileURLWithPath: report))
            let soFar = try JSONDecoder().decode(GradeReport.self, from: data)
            #expect(!soFar.complete && soFar.cases.isEmpty && soFar.verdict == "not judged")
            grade.signal(SIGINT)
            #expect(try grade.waitForExit() == 130)
            let names = try FileManager.default.contentsOfDirectory(atPath: started)
            for identifier in names.compactMap({ pid_t($0) }) {
                try wait { kill(identifier, 0) != 0 }
            }
            try wait { try FileManager.default.contentsOfDirectory(atPath: scratch).isEmpty }
        }
    }

    /// Waits until something is true.
    private func wait(until isTrue: () throws -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: patience)
        while try !isTrue() {
            guard Date() < deadline else { throw ProgramFailure("it does not become true") }
            _ = poll(nil, 0, 10)
        }
    }
}
