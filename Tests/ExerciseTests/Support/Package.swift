import Foundation

/// The package's own files, for the tests that compare them.
enum Package {
    /// A program of a sheet, which is the name of a folder under Sources/.
    struct Program: Hashable {
        let name: String
        let sheet: String
    }

    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(of path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    /// The programs that Package.swift declares, in its order.
    static let programs: [Program] =
        ((try? text(of: "Package.swift")) ?? "")
        .matches(of: /\sprogram\(\s*"([^"]+)", in: "([^"]+)"/)
        .map { Program(name: String($0.1), sheet: String($0.2)) }

    /// The programs that have a folder, `Sources/<sheet>/<program>/main.swift`, by name.
    static var folders: [Program] {
        get throws {
            try names(in: "Sources").flatMap { sheet in
                try names(in: "Sources/\(sheet)").filter { name in
                    let main = folder.appendingPathComponent("Sources/\(sheet)/\(name)/main.swift")
                    return FileManager.default.fileExists(atPath: main.path)
                }.map { Program(name: $0, sheet: sheet) }
            }
        }
    }

    /// The folders in a folder.
    private static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appendingPathComponent(path), includingPropertiesForKeys: [.isDirectoryKey]
        ).filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent).sorted()
    }
}
