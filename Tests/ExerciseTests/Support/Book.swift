import Testing

/// The book for students, `Exercises.md`.
enum Book {
    private static let fence = "\u{60}\u{60}\u{60}"

    /// The blocks between two lines of three backquotes, with line ends.
    static func blocks(of page: String) -> [String] {
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

    /// A program of the book, and the block after it.
    ///
    /// - Parameter name: The file's name; the program's first line, a comment, begins with it.
    static func program(_ name: String) throws -> (text: String, next: String?) {
        let blocks = try blocks(of: Package.text(of: "Exercises.md"))
        let index = try #require(
            blocks.firstIndex { $0.hasPrefix("# \(name): ") || $0.hasPrefix("/* \(name): ") },
            "Exercises.md has no \(name)")
        let next = index + 1 < blocks.count ? blocks[index + 1] : nil
        return (blocks[index], next)
    }

    /// Writes a Python program of the book into `folder`, and returns the command that runs it.
    ///
    /// - Parameter change: A text in it, and the text to stand in its place.
    static func python(
        _ name: String, in folder: ScratchFolder, changing change: (String, String)? = nil
    ) throws -> [String] {
        var text = try program(name).text
        if let (old, new) = change {
            try #require(text.contains(old))
            text = text.replacing(old, with: new)
        }
        return ["python3", try folder.write(name, text)]
    }

    /// Compiles a C program of the book in `folder`, and returns the command that runs it.
    static func compiled(_ name: String, in folder: ScratchFolder) throws -> [String] {
        let source = try folder.write(name, program(name).text)
        let result = try Running([
            "cc", "-Wall", "-Wextra", "-Werror", "-o", "\(source).out", source,
        ]).runToEnd()
        #expect(result == ProgramResult(exit: 0, stdout: "", stderr: ""))
        return ["\(source).out"]
    }

    /// Whether there is a C compiler on `PATH`.
    static let hasCompiler: Bool = {
        guard let compiler = try? Running(["cc", "--version"]) else { return false }
        return (try? compiler.runToEnd())?.exit == 0
    }()
}

extension Trait where Self == ConditionTrait {
    /// Skips the test, by name, where there is no C compiler.
    static var requiresCompiler: Self { .enabled(if: Book.hasCompiler, "needs cc") }
}
