import CSystem

/// A process between this one and a program that nobody trusts.
///
/// The program may fork, leave its group, and kill its parent and its parent's group. The keeper is
/// the parent that it meets: it has a session of its own, takes over every process that has lost
/// its parent (on Linux), limits the program, and kills all of it at the end, or when this process
/// has gone.
///
/// It is the running program itself, started once more: `Keeper.serveIfAsked()` must be its first
/// line.
///
/// System calls: `prctl(2)` with `PR_SET_CHILD_SUBREAPER`, `setrlimit(2)`, `setsid(2)`.
public struct Keeper: Sendable {
    /// The most bytes in a file that the program writes.
    public var fileSize: Int
    /// The most descriptors that the program may have; nil is the system's limit. A program may
    /// raise it.
    public var descriptors: Int?
    /// The most processes that the program may have, with itself. If they are more, all are killed.
    public var processes: Int
    /// The most bytes that all these have in memory. If they have more, all are killed.
    public var memory: Int
    /// The program that takes over as the keeper; nil is this one.
    public var program: String?

    /// Describes a keeper with the limits that `grade` sets.
    public init(
        fileSize: Int = 64 << 20, descriptors: Int? = nil, processes: Int = 200,
        memory: Int = 1 << 30, program: String? = nil
    ) {
        self.fileSize = fileSize
        self.descriptors = descriptors
        self.processes = processes
        self.memory = memory
        self.program = program
    }

    /// The first argument of a process that is a keeper.
    static let request = "--serve-as-keeper"

    /// The path of the keeper's program.
    var path: String? {
        if let program { return program }
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard system_program_path(&path, path.count) == 0 else { return nil }
        return path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }

    /// The keeper's command line.
    func arguments(for command: [String]) -> [String] {
        let limits = [fileSize, descriptors ?? 0, processes, memory]
        return ["keeper", Self.request] + limits.map { "\($0)" } + command
    }

    /// Becomes a keeper, and does not return, if this process was started as one.
    ///
    /// Otherwise this process will be a judge: on Linux it takes over the processes of a program
    /// that has killed its keeper, and then must not start a process by other means than this
    /// module.
    public static func serveIfAsked() {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, arguments[1] == request else {
            Orphans.adopt()
            return
        }
        let numbers = arguments.dropFirst(2).prefix(4).compactMap { Int($0) }
        var status = stat()
        guard numbers.count == 4, arguments.count > 6,
            fstat(KeeperService.orders, &status) == 0, fstat(KeeperService.reports, &status) == 0
        else { exit(64) }
        var service = KeeperService(
            command: Array(arguments[6...]), fileSize: numbers[0], descriptors: numbers[1],
            crowd: Crowd(most: numbers[2], mostMemory: numbers[3]))
        service.run()
    }
}
