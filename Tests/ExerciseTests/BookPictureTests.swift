import Foundation
import Testing

/// The pictures in Exercises.md, which the demo and the tests draw.
struct BookPictureTests {
    /// A picture's words and its file.
    private static var link: Regex<(Substring, Substring, Substring)> { /!\[([^\]]*)\]\(([^)]*)\)/ }

    private let sections: [String: String]

    init() throws {
        let parts = try Package.text(of: "Exercises.md").components(separatedBy: "\n## ")
        let pairs = parts.dropFirst().map { part in
            let heading = part.prefix { $0 != "\n" }
            return (String(heading), part)
        }
        sections = Dictionary(pairs) { first, _ in first }
    }

    @Test func everyConversationOfTheDemoHasAPicture() throws {
        let list = try run("relay", ["--list"]).stdout
        let exercises = list.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        let pictures = try pictures()
        for exercise in exercises where !exercise.hasPrefix("raw") {
            #expect(pictures.contains(String(exercise)), "\(exercise) has no picture")
        }
    }

    @Test func everyPictureStandsInItsSection() throws {
        let others = ["relay": "Seeing the conversation", "three-servers": "threaded"]
        for name in try pictures() {
            // A second picture of an exercise has a number behind its name.
            let exercise = name.replacing(/-\d$/, with: "")
            let section = sections[others[exercise] ?? exercise] ?? ""
            let link = section.matches(of: Self.link).first {
                $0.2 == "Tests/Transcripts/\(name).svg"
            }
            #expect(link != nil, "\(name).svg is not in the section of its exercise")
            #expect(link?.1.isEmpty != true, "\(name).svg has no words for those who cannot see")
        }
    }

    @Test func everyLinkedPictureIsThere() throws {
        let page = try Package.text(of: "Exercises.md")
        for link in page.matches(of: Self.link) {
            let file = Package.folder.appendingPathComponent(String(link.2)).path
            #expect(FileManager.default.fileExists(atPath: file), "\(link.2) is missing")
        }
    }

    /// The names of the pictures in the folder of the transcripts.
    private func pictures() throws -> [String] {
        let folder = Package.folder.appendingPathComponent("Tests/Transcripts").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return names.filter { $0.hasSuffix(".svg") }.map { String($0.dropLast(4)) }.sorted()
    }
}
