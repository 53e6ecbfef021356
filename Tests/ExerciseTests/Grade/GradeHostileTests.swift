import Foundation
import Testing

/// Programs that do harm, in Tests/Peers/Hostile: the judge ends by itself, says what is true, and
/// leaves neither a process nor a file behind.
@Suite(.requiresPython) struct GradeHostileTests {
    /// A program, and the first case that it loses; nil if its harm costs it nothing.
    struct Harm: Sendable, CustomTestStringConvertible {
        let program: String
        var arguments: [String] = []
        let lost: String?
        /// What the report says of its end.
        var words = "guess-server: "
        var testDescription: String { ([program] + arguments).joined(separator: " ") }
    }

    private static let harms = [
        Harm(program: "exits_at_once", lost: "start.listen", words: "ended with exit code 0"),
        Harm(program: "lies", lost: "start.listen", words: "ended with exit code 0"),
        Harm(program: "fork_bomb", lost: "start.listen", words: "more than 200 processes"),
        Harm(program: "kills_parent", arguments: ["one"], lost: "start.listen", words: "judge's"),
        Harm(program: "kills_parent", arguments: ["group"], lost: "start.listen", words: "judge's"),
        Harm(program: "kills_session", lost: "start.listen", words: "judge's"),
        Harm(program: "escapes", lost: "form", words: "1b 5d 30 3b"),
        Harm(program: "floods_clients", arguments: ["x"], lost: "form"),
        Harm(program: "forks_stay", lost: nil),
        Harm(program: "detaches", lost: nil),
        Harm(program: "ignores_signals", lost: nil),
        Harm(program: "removes_folders", lost: nil),
    ]

    @Test(arguments: harms) func harmEndsWithTheProgram(harm: Harm) throws {
        let folder = try CallersFolder()
        let command = PythonPeer.command("Hostile/\(harm.program)", harm.arguments)
        let result = try folder.grade(["--"] + command + ["{host}", "{port}"])
        #expect(result.exit == (harm.lost == nil ? 0 : 1), "\(result.stdout)\(result.stderr)")
        let lost = result.stdout.split(separator: "\n").filter { $0.hasPrefix("FAIL") }
        #expect(lost.map { $0.split(separator: " ")[4] } == [harm.lost].compactMap { $0?[...] })
        #expect(result.stdout.contains(harm.words))
        let isHarmless = { (scalar: Unicode.Scalar) in scalar == "\n" || scalar.value >= 32 }
        #expect(result.stdout.unicodeScalars.allSatisfy(isHarmless))
        #expect(!result.stdout.contains("\n{") && !result.stdout.contains("\nguess-server: 100"))
        try folder.checkNothingIsLeft()
    }

    /// It listens on 2,000 ports, and the others at theirs.
    @Test func nobodyElsePaysForIt() throws {
        let folder = try CallersFolder()
        try folder.submit("anna", "guess_server")
        try folder.submit("bomb", "Hostile/fork_bomb")
        try folder.submit("ports", "Hostile/takes_ports")
        try folder.submit("zoe", "guess_server")
        let result = try folder.grade([
            "--each", folder.scratch.path(of: "all"), "--", "python3", "{folder}/server.py",
            "{host}", "{port}",
        ])
        for name in ["anna", "zoe"] {
            let line = result.stdout.split(separator: "\n").first { $0.hasPrefix(name) }
            #expect(line?.hasSuffix("  2 of 2") == true, "\(result.stdout)")
        }
        try folder.checkNothingIsLeft()
    }
}

/// The folder in which somebody calls `grade`, with files of their own.
private struct CallersFolder {
    let scratch: ScratchFolder
    private static let files = ["harm-me", "notes", "inner/harm-me", "inner/notes"]

    init() throws {
        scratch = try ScratchFolder()
        try scratch.makeFolder("scratch")
        try scratch.makeFolder("home/inner")
        for file in Self.files { try scratch.write("home/\(file)", "precious") }
    }

    /// A submission that runs a program of Tests/Peers.
    func submit(_ name: String, _ program: String) throws {
        try scratch.makeFolder("all/\(name)")
        let path = PythonPeer.command(program)[1]
        try scratch.write(
            "all/\(name)/server.py",
            """
            import os, runpy, sys
            sys.path.insert(0, os.path.dirname("\(path)"))
            runpy.run_path("\(path)", run_name="__main__")
            """)
    }

    func grade(_ arguments: [String]) throws -> ProgramResult {
        try run(
            "grade", ["guess-server", "--only", "start.listen,form"] + arguments,
            environment: ["TMPDIR": scratch.path(of: "scratch")],
            folder: scratch.path(of: "home"))
    }

    func checkNothingIsLeft() throws {
        for file in Self.files {
            #expect(String(decoding: try scratch.read("home/\(file)"), as: UTF8.self) == "precious")
        }
        #expect(names(in: scratch.path(of: "home")).count == 3)
        #expect(names(in: scratch.path(of: "scratch")) == [])
        // A keeper may need a moment for its own end.
        for _ in 0..<200 where !processes.isEmpty { _ = poll(nil, 0, 20) }
        #expect(processes == [])
    }

    /// The processes that have their home in this folder.
    private var processes: [String] {
        names(in: "/proc").filter { number in
            guard Int(number) != nil else { return false }
            let file = FileManager.default.contents(atPath: "/proc/\(number)/environ") ?? Data()
            return file.range(of: Data("=\(scratch.path)/scratch".utf8)) != nil
        }
    }

    private func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
