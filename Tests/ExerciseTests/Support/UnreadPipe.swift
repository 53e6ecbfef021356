import Foundation
import Testing

/// A pipe for a program's output; only a test reads it, when it wants.
final class UnreadPipe {
    /// Its path, for a program.
    let path: String
    private let folder: ScratchFolder
    private let descriptor: Int32
    /// The byte that fills the pipe; it means nothing.
    private static let filling: UInt8 = 0

    init() throws {
        let folder = try ScratchFolder()
        try folder.makeFIFO("pipe")
        let path = folder.path(of: "pipe")
        // It is open for both ways: so opening it does not wait, and it never ends.
        descriptor = try Descriptors.make("open") { open(path, O_RDWR | O_NONBLOCK) }
        (self.folder, self.path) = (folder, path)
    }

    deinit { close(descriptor) }

    /// Fills it until it takes no more bytes.
    func fill() {
        for size in [4_096, 1] {
            let bytes = [UInt8](repeating: Self.filling, count: size)
            while write(descriptor, bytes, size) > 0 {}
        }
    }

    /// Takes the filling out.
    func empty() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while Foundation.read(descriptor, &buffer, buffer.count) > 0 {}
    }

    /// Reads until the program's output ends with `text`, and returns all of it.
    func read(until text: String) throws -> String {
        let deadline = Date(timeIntervalSinceNow: patience)
        var written: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !String(decoding: written, as: UTF8.self).hasSuffix(text) {
            guard isReady(descriptor, for: Int32(POLLIN), by: deadline) else {
                let written = String(decoding: written, as: UTF8.self)
                throw ProgramFailure("no '\(text)' in the pipe after '\(written)'")
            }
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            written += buffer.prefix(max(0, count)).filter { $0 != Self.filling }
        }
        return String(decoding: written, as: UTF8.self)
    }
}

/// Starts the built program `name` with `pipe` for its output, and hands it to `body`.
///
/// - Parameter stream: The stream that goes into the pipe; the test reads the other as ever.
func withProgram(
    _ name: String, _ arguments: [String], writing stream: OutputStream, to pipe: UnreadPipe,
    _ body: (Running) throws -> Void
) throws {
    let script = "exec \(stream == .standardOutput ? 1 : 2)>\"$PIPE\"; exec \"$0\" \"$@\""
    let program = try Running(
        ["/bin/sh", "-c", script, try BuiltPrograms.path(of: name)] + arguments,
        environment: ["PIPE": pipe.path])
    try finishing(program, body)
}
