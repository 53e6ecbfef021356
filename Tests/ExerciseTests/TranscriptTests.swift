import Foundation
import Testing

/// The pages for students, compared with the demo and the package.
struct TranscriptTests {
    private let package: URL
    private let book: String

    init() throws {
        package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        book = try String(
            contentsOf: package.appendingPathComponent("Exercises.md"), encoding: .utf8)
    }

    @Test func everyTranscriptStandsInTheBook() throws {
        let blocks = Book.blocks(of: book)
        let names = try transcriptNames()
        #expect(!names.isEmpty)
        for name in names {
            let isShown = try blocks.contains(text(of: "Tests/Transcripts/\(name).txt"))
            #expect(isShown, "\(name).txt is no block of Exercises.md")
        }
    }

    @Test func everyExerciseOfTheDemoHasATranscript() throws {
        let result = try runDemo(["--list"])
        #expect(result.exit == 0)
        let exercises = result.stdout.split(separator: "\n").map(String.init)
        #expect(try exercises.sorted() == transcriptNames())
    }

    @Test(arguments: [
        (["--chekc"], "unknown option '--chekc'"),
        (["guess", "chess"], "there is no exercise 'chess'; --list shows their names"),
        (["--check", "--list"], "--check and --list exclude each other"),
        (["--check", "guess", "--check"], "--check is given twice"),
    ])
    func theDemoTellsWhatItDoesNotUnderstand(arguments: [String], problem: String) throws {
        #expect(
            try runDemo(arguments)
                == ProgramResult(
                    exit: 64, stdout: "",
                    stderr: "run-demo.sh: \(problem); try './run-demo.sh --help'\n"))
    }

    @Test func theDemoHelps() throws {
        let help = try runDemo(["--help", "guess"])
        #expect(help.exit == 0 && help.stderr.isEmpty)
        for option in ["--list", "--check", "--update", "DEMO_PROGRAMS"] {
            #expect(help.stdout.contains(option))
        }
        #expect(!help.stdout.hasSuffix("\n\n"))
    }

    @Test func theDemoSaysThatSwiftIsMissing() throws {
        let folder = try ScratchFolder()
        for tool in ["bash", "dirname", "mktemp", "mkfifo", "rm", "cat"] {
            let find = try Running(["/bin/sh", "-c", "command -v \(tool)"]).runToEnd()
            try folder.link(tool, to: String(find.stdout.dropLast()))
        }
        let result = try runDemo(["guess"], environment: ["PATH": folder.path])
        let problem = "run-demo.sh: swift is not found; install it, or set DEMO_PROGRAMS\n"
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: problem), "\(result)")
    }

    @Test func theDemoSkipsWhatNeedsPython() throws {
        let program = try BuiltPrograms.path(of: "arguments")
        let folder = try ScratchFolder()
        for tool in ["bash", "dirname", "mktemp", "mkfifo", "mkdir", "rm", "cat"] {
            let find = try Running(["/bin/sh", "-c", "command -v \(tool)"]).runToEnd()
            try folder.link(tool, to: String(find.stdout.dropLast()))
        }
        let result = try runDemo(
            ["--check", "grade"],
            environment: [
                "PATH": folder.path,
                "DEMO_PROGRAMS": (program as NSString).deletingLastPathComponent,
            ])
        let reason = "grade: skipped: python3 is not installed\n"
        #expect(result == ProgramResult(exit: 0, stdout: reason, stderr: ""), "\(result)")
    }

    /// A false `swift` is in the PATH; it only notes its arguments.
    @Test func theDemoBuildsWhatItPlays() throws {
        let program = try BuiltPrograms.path(of: "arguments")
        let programs = (program as NSString).deletingLastPathComponent
        let folder = try ScratchFolder()
        try folder.write(
            "swift",
            "#!/bin/sh\necho \"$@\" >>'\(folder.path)/calls'\n"
                + "[ \"$2\" = --product ] || echo '\(programs)'\n")
        try folder.setMode(of: "swift", to: 0o755)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let result = try runDemo(
            ["--check", "threaded", "threaded"], environment: ["PATH": "\(folder.path):\(path)"])
        #expect(result == ProgramResult(exit: 0, stdout: "threaded: same\n", stderr: ""))
        #expect(
            try String(decoding: folder.read("calls"), as: UTF8.self) == """
                build --product relay
                build --product strftime-client
                build --product threaded-server
                build --show-bin-path

                """)
    }

    @Test func theDemoTellsThatItsProgramsAreMissing() throws {
        #expect(
            try runDemo(["guess"], environment: ["DEMO_PROGRAMS": "/nowhere"])
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "run-demo.sh: DEMO_PROGRAMS: there is no folder '/nowhere'\n"))
    }

    @Test(arguments: ["--list", "--check arguments host-info"])
    func aReaderThatLeavesIsNoErrorOfTheDemo(arguments: String) throws {
        let program = try BuiltPrograms.path(of: "arguments")
        let programs = (program as NSString).deletingLastPathComponent
        let script = package.appendingPathComponent("run-demo.sh").path
        let pipe = "bash '\(script)' \(arguments) | true; exit ${PIPESTATUS[0]}"
        let result = try finishing(
            Running(["bash", "-c", pipe], environment: ["DEMO_PROGRAMS": programs])
        ) { try $0.runToEnd() }
        #expect([0, 141].contains(result.exit) && result.stderr.isEmpty, "\(result)")
    }

    private func runDemo(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws -> ProgramResult {
        let script = package.appendingPathComponent("run-demo.sh").path
        return try finishing(
            Running(["/bin/bash", script] + arguments, environment: environment)
        ) { try $0.runToEnd() }
    }

    @Test func whatTheReadmeShowsIsTheDemosOutput() throws {
        let shown = try #require(
            Book.blocks(of: text(of: "README.md")).first { $0.contains("You won") })
        let output = shown.split(separator: "\n").filter { !$0.hasPrefix("$ ") }
        let transcript = try text(of: "Tests/Transcripts/guess.txt")
        #expect(transcript.contains(output.joined(separator: "\n")))
    }

    private func transcriptNames() throws -> [String] {
        let folder = package.appendingPathComponent("Tests/Transcripts").path
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }

    private func text(of path: String) throws -> String {
        try String(contentsOf: package.appendingPathComponent(path), encoding: .utf8)
    }
}
