import Testing

/// The form of Exercises.md.
struct BookTests {
    /// The parts of an exercise's section. Each begins a paragraph, in bold.
    private static let parts = [
        "Task", "Yours must", "The bytes", "A run", "What goes wrong", "Ours also do", "Options",
        "The sheet asks", "In the source",
    ]

    @Test func everyExerciseHasItsPartsInTheirOrder() throws {
        let sections = try sections
        let rows = try exerciseRows
        #expect(rows.count >= 25)
        for row in rows {
            let title = row.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
            let section = try #require(sections[String(title)], "no section \(title)")
            let found = section.compactMap { line in
                Self.parts.first { line.hasPrefix("**\($0)") }
            }
            let isInOrder = found == Self.parts.filter(found.contains)
            #expect(isInOrder, "\(title) has \(found)")

            // A program that talks to nobody has no bytes, and nothing to agree on.
            let isConversation = row.contains("-server`")
            let needed =
                isConversation
                ? Self.parts.filter { $0 != "The sheet asks" }
                : ["Task", "A run", "What goes wrong", "Options", "In the source"]
            let missing = needed.filter { !found.contains($0) }
            #expect(missing == [], "\(title)")
        }
    }

    @Test func everyLinkLeadsToAHeading() throws {
        let anchors = Set(try text.filter { $0.hasPrefix("#") }.map(anchor))
        let links = try Package.text(of: "Exercises.md").matches(of: /\]\(#([^)]+)\)/)
        let lost = Set(links.map { String($0.1) }).subtracting(anchors)
        #expect(lost == [])
    }

    /// The lines of the first table that stand for an exercise with programs.
    private var exerciseRows: [Substring] {
        get throws {
            let names = Package.programs.filter { $0.sheet != "Tools" }.map(\.name)
            return try text.filter { line in
                line.hasPrefix("|") && line.contains("](#")
                    && names.contains { line.contains("`\($0)`") }
            }
        }
    }

    /// The lines of each section, by its title.
    private var sections: [String: [Substring]] {
        get throws {
            var sections: [String: [Substring]] = [:]
            var title = ""
            for line in try text {
                if line.hasPrefix("# ") || line.hasPrefix("## ") {
                    title = String(line.drop { $0 == "#" || $0 == " " })
                }
                sections[title, default: []].append(line)
            }
            return sections
        }
    }

    /// The lines outside the fenced blocks, for a block may hold a `#` of its own.
    private var text: [Substring] {
        get throws {
            let fence = "\u{60}\u{60}\u{60}"
            var isBlock = false
            return try Package.text(of: "Exercises.md").split(separator: "\n").filter { line in
                if line.hasPrefix(fence) { isBlock.toggle() }
                return !isBlock
            }
        }
    }

    /// The anchor that GitHub makes of a heading.
    private func anchor(_ heading: Substring) -> String {
        heading.drop { $0 == "#" || $0 == " " }.lowercased()
            .filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
            .replacing(" ", with: "-")
    }
}
