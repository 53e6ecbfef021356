import Foundation
import Testing

/// The result of a program that has ended.
struct ProgramResult: Equatable {
    /// The exit code, or the negative number of the signal that ended it.
    let exit: Int32
    let stdout: String
    let stderr: String
}

/// Starts the built program `name`, hands it to `body`, and ends it even if `body` throws.
///
/// A program that crashed fails the test even if `body` did not notice.
///
/// - Parameters:
///   - environment: Added to this process's own.
///   - folder: The folder that it runs in; nil is the folder of the tests.
///   - descriptorLimit: The most descriptors that it may have.
@discardableResult
func withProgram<Value>(
    _ name: String, _ arguments: [String] = [], environment: [String: String] = [:],
    folder: String? = nil, descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running) throws -> Value
) throws -> Value {
    let path = try BuiltPrograms.path(of: name)
    let program = try Running(
        [path] + arguments, environment: environment, folder: folder,
        descriptorLimit: descriptorLimit)
    return try finishing(program, sourceLocation: sourceLocation, body)
}

/// Runs the built program `name` to its end.
///
/// - Parameter input: Its standard input, which then ends.
@discardableResult
func run(
    _ name: String, _ arguments: [String] = [], input: String = "",
    environment: [String: String] = [:], folder: String? = nil, descriptorLimit: Int? = nil
) throws -> ProgramResult {
    try withProgram(
        name, arguments, environment: environment, folder: folder,
        descriptorLimit: descriptorLimit
    ) { try $0.runToEnd(input: input) }
}

/// Hands `program` to `body` and ends it afterwards.
@discardableResult
func finishing<Value>(
    _ program: Running, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (Running) throws -> Value
) throws -> Value {
    let value: Value
    do {
        value = try body(program)
    } catch {
        program.end()
        throw ProgramFailure(error, showing: program.transcript)
    }
    if let signal = program.end() {
        Issue.record(program.failure("ended by signal \(signal)"), sourceLocation: sourceLocation)
    }
    return value
}

extension Running {
    /// Gives it `input` as its whole standard input and waits for its end.
    ///
    /// - Parameter input: A program may end before it has read all of it.
    func runToEnd(input: String = "") throws -> ProgramResult {
        if !input.isEmpty { try? write(input) }
        closeInput()
        let exit = try waitForExit()
        return ProgramResult(exit: exit, stdout: standardOutput, stderr: standardError)
    }
}

/// The place of the built programs: beside the tests.
enum BuiltPrograms {
    /// Returns the path of the program `name`.
    ///
    /// - Throws: `ProgramFailure` if it has not been built.
    static func path(of name: String) throws -> String {
        guard let folder else {
            throw ProgramFailure("cannot tell where the tests have been built")
        }
        let path = folder.appendingPathComponent(name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw ProgramFailure("\(path) is missing; build it first: swift build")
        }
        return path
    }

    /// The folder of the build products, for every configuration and scratch path.
    ///
    /// The tests are `<folder>/….xctest`: on Linux this very program, on macOS a bundle that a
    /// program of the toolchain has loaded.
    private static let folder: URL? = {
        let candidates = [Bundle(for: Running.self).bundleURL, Bundle.main.executableURL]
        for case var url? in candidates {
            while url.pathComponents.count > 1 {
                let parent = url.deletingLastPathComponent()
                if url.pathExtension == "xctest" { return parent }
                url = parent
            }
        }
        return nil
    }()
}
