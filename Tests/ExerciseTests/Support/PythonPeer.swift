import Foundation
import Testing

/// The programs in Tests/Peers: Python as a student would write it from the sheets.
enum PythonPeer {
    /// Whether there is a python3 on `PATH` that starts.
    static let isAvailable: Bool = {
        guard let python = try? Running(["python3", "-c", ""]) else { return false }
        return (try? python.runToEnd())?.exit == 0
    }()

    /// The folder of the peers, found from this file's own place in the package.
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Peers").path

    /// Starts `<name>.py`.
    static func start(
        _ name: String, _ arguments: [String] = [], folder workingFolder: String? = nil
    ) throws -> Running {
        // Unbuffered, since a test reads each line as it comes; and without files beside the
        // sources.
        try Running(
            ["python3", "\(folder)/\(name).py"] + arguments,
            environment: ["PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"],
            folder: workingFolder)
    }

    /// Starts `<name>.py`, hands it to `body`, and ends it even if `body` throws.
    @discardableResult
    static func with<Value>(
        _ name: String, _ arguments: [String] = [], folder: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running) throws -> Value
    ) throws -> Value {
        let program = try start(name, arguments, folder: folder)
        return try finishing(program, sourceLocation: sourceLocation, body)
    }

    /// Runs `<name>.py` to its end.
    static func run(
        _ name: String, _ arguments: [String] = [], input: String = "", folder: String? = nil
    ) throws -> ProgramResult {
        try with(name, arguments, folder: folder) { try $0.runToEnd(input: input) }
    }
}
