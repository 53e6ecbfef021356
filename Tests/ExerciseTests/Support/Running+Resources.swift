import CTestSupport
import Foundation

extension Running {
    /// The number of its open descriptors, or nil if the system does not tell (no `/proc`).
    var openDescriptors: Int? { process.openDescriptors }

    /// The number of its threads, or nil if the system does not tell (no `/proc`).
    var threadCount: Int? {
        try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(identifier)/task").count
    }

    /// Its bytes in memory, or nil if the system does not tell (no `/proc`), or if a sanitizer keeps
    /// freed memory to watch it.
    var residentMemory: Int? {
        guard !under_sanitizer(),
            let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kibibytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) })
        else { return nil }
        return kibibytes * 1024
    }

    /// The processor time that it has used, in clock ticks, or nil without `/proc`.
    ///
    /// Two readings around a wait show a server that spins while it is idle.
    var processorTicks: Int? {
        guard let line = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8),
            let name = line.lastIndex(of: ")")
        else { return nil }
        // The program's name, in parentheses, may hold blanks: the fields are counted after it.
        let fields = line[name...].split(separator: " ")
        guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13])
        else { return nil }
        return user + system
    }

    /// Waits until it has at most `limit` open descriptors; does nothing if the number is unknown.
    ///
    /// A server notices a little late that its peers have gone, and prints nothing about it.
    func waitForOpenDescriptors(atMost limit: Int) throws {
        try waitForOpenDescriptors("at most \(limit)") { $0 <= limit }
    }

    /// Waits until it has at least `count` open descriptors; does nothing if the number is unknown.
    func waitForOpenDescriptors(atLeast count: Int) throws {
        try waitForOpenDescriptors("at least \(count)") { $0 >= count }
    }

    private func waitForOpenDescriptors(
        _ expected: String, until isMet: (Int) -> Bool
    ) throws {
        let deadline = Date(timeIntervalSinceNow: patience)
        while let count = openDescriptors, !isMet(count) {
            guard isAlive, Date() < deadline else {
                throw failure("\(count) descriptors open, expected \(expected)")
            }
            _ = poll(nil, 0, 2)
        }
    }
}
