import Testing

/// The solution in Swift that Exercises.md shows. `.ci/run` builds it and plays it.
struct BookSolutionTests {
    @Test(arguments: [
        "Package.swift", "Sources/my-guess-client/main.swift", "Sources/my-upper-server/main.swift",
    ])
    func theBookShowsTheFile(file: String) throws {
        let page = try Package.text(of: "Exercises.md")
        let text = try Package.text(of: "Tests/Solution/\(file)")
        let isShown = page.contains("\u{60}\u{60}\u{60}swift\n\(text)\u{60}\u{60}\u{60}\n")
        #expect(isShown, "Exercises.md does not show Tests/Solution/\(file) as it is")
    }
}
