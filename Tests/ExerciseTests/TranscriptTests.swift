import Foundation
import Testing

/// The pages for students, checked against the demo and the package: what they show is true.
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
        let blocks = fencedBlocks(of: book)
        let names = try transcriptNames()
        #expect(!names.isEmpty)
        for name in names {
            let isShown = try blocks.contains(text(of: "Tests/Transcripts/\(name).txt"))
            #expect(isShown, "\(name).txt is no block of Exercises.md")
        }
    }

    @Test func everyExerciseOfTheDemoHasATranscript() throws {
        let script = package.appendingPathComponent("run-demo.sh").path
        let result = try finishing(Running(["bash", script, "--list"])) { try $0.runToEnd() }
        #expect(result.exit == 0)
        let exercises = result.stdout.split(separator: "\n").map(String.init)
        #expect(try exercises.sorted() == transcriptNames())
    }

    @Test(arguments: ["Exercises.md", "README.md"])
    func everyProgramIsNamed(in page: String) throws {
        let page = try text(of: page)
        let programs = try programNames()
        #expect(programs.count >= 16)
        for program in programs {
            // Not the expression itself, or a failure would show the whole page.
            let isNamed = page.contains("`\(program)`")
            #expect(isNamed, "\(program) is not named")
        }
    }

    @Test func whatTheReadmeShowsIsTheDemosOutput() throws {
        let shown = try #require(
            fencedBlocks(of: text(of: "README.md")).first { $0.contains("You won") })
        let output = shown.split(separator: "\n").filter { !$0.hasPrefix("$ ") }
        let transcript = try text(of: "Tests/Transcripts/guess.txt")
        #expect(transcript.contains(output.joined(separator: "\n")))
    }

    /// The programs that Package.swift declares.
    private func programNames() throws -> [String] {
        try text(of: "Package.swift")
            .matches(of: /program\(\s*"([a-z0-9-]+)"/).map { String($0.1) }
    }

    private func transcriptNames() throws -> [String] {
        let folder = package.appendingPathComponent("Tests/Transcripts").path
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }

    private func text(of path: String) throws -> String {
        try String(contentsOf: package.appendingPathComponent(path), encoding: .utf8)
    }

    /// What stands between two lines of three backquotes, line ends included.
    private func fencedBlocks(of page: String) -> [String] {
        let fence = "\u{60}\u{60}\u{60}"
        var blocks: [String] = []
        var block: String?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(fence) {
                if let finished = block { blocks.append(finished) }
                block = block == nil ? "" : nil
            } else {
                block?.append(line + "\n")
            }
        }
        return blocks
    }
}
