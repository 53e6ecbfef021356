import CSystem
import Processes
import Testing

/// Far more than a busy machine needs: it only turns a hang into a failure.
let patience = Duration.seconds(60)

/// Whether the system tells about its processes in `/proc`.
let hasProc = access("/proc/self/stat", R_OK) == 0

/// Starts a program of every system, or one of Python.
func start(
    _ command: String..., environment: [String: String] = [:], folder: String? = nil,
    ownGroup: Bool = true, kept: Int = ChildProcess.keptLimit,
    outputLimit: Int = ChildProcess.outputLimit
) throws -> ChildProcess {
    let path = ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"]
    return try ChildProcess(
        command, environment: path.merging(environment) { $1 }, folder: folder,
        ownGroup: ownGroup, kept: kept, outputLimit: outputLimit)
}

extension ChildProcess {
    /// Waits for a line, and takes it.
    func line(on stream: StandardStream = .standardOutput) throws -> String {
        let line = wait(within: patience) { contents -> String?? in
            if let line = contents[stream].takeLine(where: { _ in true }) { return .some(line) }
            return contents[stream].hasEnded ? .some(nil) : nil
        }
        let found = try #require(line, "no line in time")
        return try #require(found, "no line before the end")
    }

    /// Waits until it has ended and all its output has been read.
    func finish() throws -> (exit: Exit, output: String, errors: String) {
        let contents = wait(within: patience) { contents -> Contents? in
            let isOver =
                contents.exit != nil && contents.output.hasEnded
                && contents.errors.hasEnded
            return isOver ? contents : nil
        }
        let all = try #require(contents, "it does not end")
        return (try #require(all.exit), all.output.text, all.errors.text)
    }
}

extension StreamRecord {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Whether a process exists and has not ended.
func isAlive(_ identifier: pid_t) -> Bool {
    guard kill(identifier, 0) == 0 else { return false }
    guard hasProc, let file = fopen("/proc/\(identifier)/stat", "r") else {
        return hasProc == false
    }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return false }
    let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return !text.contains(") Z ")
}

/// Asks now and then until it is true, as long as `patience` goes.
func becomesTrue(_ isTrue: () -> Bool) -> Bool {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < patience {
        if isTrue() { return true }
        _ = poll(nil, 0, 10)
    }
    return false
}

/// Waits until a process does not exist any more.
func waitForEnd(of identifier: pid_t) -> Bool {
    becomesTrue { !isAlive(identifier) }
}
