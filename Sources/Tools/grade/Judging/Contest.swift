import CSystem
import Processes

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
    /// Of many submissions this one's copy, which stands for `{folder}`.
    var submission: Submission?

    /// Whether a client gets its name as an argument.
    var names: Bool { command.contains { $0.contains("{name}") } }

    /// The command for one run. Without any placeholder the arguments are appended.
    func command(_ arguments: [String], _ values: [String: String]) -> [String] {
        let hasPlaceholder = words.contains(where: Self.hasPlaceholder)
        return filled(hasPlaceholder ? words : words + arguments, values)
    }

    /// The command without any argument of the exercise.
    var bareCommand: [String] { filled(words.filter { !Self.hasPlaceholder($0) }, [:]) }

    /// What the program finds in its own folder.
    var files: FolderPlan?

    /// The folder whose files the program finds in its own folder: where the user stands, or the
    /// submission.
    var place: String { submission?.folder ?? Self.currentFolder }

    private func filled(_ words: [String], _ values: [String: String]) -> [String] {
        var values = values
        if let submission { values["folder"] = submission.path }
        return words.map { word in
            values.reduce(word) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
    }

    /// The command's words; a path that would lead elsewhere from the program's own folder starts
    /// at the root.
    private var words: [String] {
        command.map { word in
            let isElsewhere = word.hasPrefix("../") || submission != nil
            guard isElsewhere, !word.hasPrefix("/"), access(word, F_OK) == 0 else { return word }
            return "\(Self.currentFolder)/\(word)"
        }
    }

    /// Why the command cannot be started; `nil` if it can, as far as can be seen before.
    var obstacle: String? {
        // Of many submissions one may lack a program that the others have.
        guard let name = command.first, !name.contains("{") else { return nil }
        let candidates =
            name.contains("/")
            ? [name]
            : Self.searchPath.split(separator: ":").map { "\($0)/\(name)" }
        let isRight = { (path: String) in access(path, X_OK) == 0 && !Self.isFolder(path) }
        if candidates.contains(where: isRight) { return nil }
        let found = candidates.first { access($0, F_OK) == 0 }
        let reason =
            if name.isEmpty {
                "its name is empty"
            } else if let found {
                Self.isFolder(found)
                    ? "it is a folder" : "permission denied; make it executable with 'chmod +x'"
            } else {
                "no such program; check the name, install it, or give its path"
            }
        return "cannot start '\(name)': \(reason)"
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & mode_t(S_IFMT) == mode_t(S_IFDIR)
    }

    static var searchPath: String {
        getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    }

    private static var currentFolder: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    private static func hasPlaceholder(_ word: String) -> Bool {
        placeholders.contains { word.contains("{\($0)}") }
    }

    static let placeholders = ["host", "port", "text", "name", "file", "path"]
}
