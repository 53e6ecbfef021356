import Foundation
import Testing

/// The lists of programs that are written by hand, compared with the folders under Sources/.
struct ListTests {
    /// One test for all lists: so it tells at once which lists a new program still lacks.
    @Test func everyProgramStandsInEveryList() throws {
        let programs = try Package.folders
        #expect(programs.count >= 43)
        var missing: [String] = []
        func look(
            in list: String, for programs: [Package.Program],
            holds: (Package.Program) -> Bool
        ) {
            for program in programs where !holds(program) {
                missing.append("\(list) lacks \(program.name)")
            }
        }

        look(in: "Package.swift", for: programs) { Package.programs.contains($0) }
        // Tools look at other programs: they are on the front page, but no exercise uses them.
        let exercises = programs.filter { $0.sheet != "Tools" }
        let tools = programs.filter { $0.sheet == "Tools" }
        let rows = try Package.text(of: "Exercises.md").split(separator: "\n")
            .filter { $0.hasPrefix("|") }
        look(in: "the first table of Exercises.md", for: exercises) { program in
            rows.contains { $0.contains("](#") && $0.contains("`\(program.name)`") }
        }
        let readme = try Package.text(of: "README.md")
        look(in: "README.md", for: tools) { readme.contains("`\($0.name)`") }
        let scenes = try scenes
        look(in: "run-demo.sh", for: exercises) { program in
            scenes.contains { $0.contains(program.name) }
        }
        #expect(missing == [])
    }

    /// The lines of run-demo.sh that start a program, as words.
    private var scenes: [[String]] {
        get throws {
            try Package.text(of: "run-demo.sh").split(separator: "\n")
                .filter { $0.hasPrefix(" ") }
                .map { $0.split(separator: " ").map(String.init) }
        }
    }
}
