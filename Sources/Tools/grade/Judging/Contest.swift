/// What is judged: a command to start, or a server that runs already.
struct Contest: Sendable {
    /// The command with its placeholders; empty for a server that runs already.
    let command: [String]
    /// The host of the server; the judge's own programs are on 127.0.0.1.
    var host = "127.0.0.1"
    /// The port of a server that runs already.
    var port: Int?
    /// The program's own formats, where they are given: `--layout`, `--reply`, `--bare`.
    var layout: String?
    var reply: String?
    var isBare = false
    /// How the games of Programming 2 are asked for, and how a turn is sent: `--entry`, `--turn`.
    var entry: String?
    var turn: String?
    /// What the program under judgment gets in place of `{folder}`.
    var folder: String?

    /// The command for one run. Without any placeholder the arguments are appended.
    func command(_ arguments: [String], _ values: [String: String]) -> [String] {
        func filled(_ word: String) -> String {
            values.reduce(word) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
        let hasPlaceholder = command.contains(where: Self.hasPlaceholder)
        return (hasPlaceholder ? command : command + arguments).map(filled)
    }

    /// The command without any argument of the exercise.
    var bareCommand: [String] { command.filter { !Self.hasPlaceholder($0) } }

    private static func hasPlaceholder(_ word: String) -> Bool {
        placeholders.contains { word.contains("{\($0)}") }
    }

    private static let placeholders = ["host", "port", "text", "name", "file", "path"]
}
