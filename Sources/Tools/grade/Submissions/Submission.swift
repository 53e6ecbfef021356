import CSystem
import Console
import Processes

/// One program of many: a folder, or a single file.
struct Submission: Sendable {
    /// The name of the folder or file.
    let name: String
    /// Its path; the one of a copy, if it is a copy.
    let path: String
    let isFolder: Bool

    /// The folder whose files the program expects to find.
    var folder: String { isFolder ? path : String(path.dropLast(name.utf8.count + 1)) }

    /// All submissions in a folder, in order of their names. Hidden files are none.
    ///
    /// - Throws: `Exit` if the folder cannot be read, or is empty.
    static func all(in folder: String) throws(Console.Exit) -> [Submission] {
        guard let real = realpath(folder, nil), let handle = opendir(folder) else {
            throw Console.Exit(code: 2, "cannot open '\(folder)': no such folder")
        }
        defer {
            free(real)
            closedir(handle)
        }
        let place = String(cString: real)
        var found: [Submission] = []
        while let next = system_next_name(handle) {
            let name = String(cString: next)
            guard !name.hasPrefix("."), let isFolder = isFolder("\(place)/\(name)") else {
                continue
            }
            found.append(Submission(name: name, path: "\(place)/\(name)", isFolder: isFolder))
        }
        guard !found.isEmpty else {
            throw Console.Exit(code: 2, "there are no submissions in '\(folder)'")
        }
        return found.sorted {
            $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars)
        }
    }

    /// Whether it is a folder; `nil` if it is no file either.
    private static func isFolder(_ path: String) -> Bool? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & mode_t(S_IFMT) {
        case mode_t(S_IFDIR): return true
        case mode_t(S_IFREG): return false
        default: return nil
        }
    }

    /// Copies it, so that a program that changes its own files changes only the copy.
    ///
    /// Links in it stay links. The program is cp(1), which everybody has.
    ///
    /// - Throws: `ProcessError`, or `Exit` with the words of cp.
    func copied(to place: ScratchFolder) throws -> Submission {
        let copy = try ChildProcess(
            ["cp", "-RPp", isFolder ? "\(path)/." : path, "\(place.path)/\(name)"],
            environment: ["PATH": Contest.searchPath], ownGroup: true)
        let exit = copy.wait(within: .seconds(300)) { $0.exit }
        let errors = copy.errors.bytes
        _ = copy.end(asking: .zero)
        guard exit == .code(0) else {
            let words = String(decoding: errors.prefix { $0 != 10 }, as: UTF8.self)
            throw Console.Exit(code: 2, "it cannot be copied: \(words)")
        }
        return Submission(name: name, path: "\(place.path)/\(name)", isFolder: isFolder)
    }
}
