import CSystem

/// The work of a keeper, in a process of its own with one thread.
struct KeeperService {
    /// The descriptors that the judge has given it, beside the program's standard streams.
    static let orders: Int32 = 3
    static let reports: Int32 = 4

    private let command: [String]
    private let fileSize: Int
    private let descriptors: Int
    private var crowd: Crowd
    private var program: pid_t = 0
    private var hasExited = false

    init(command: [String], fileSize: Int, descriptors: Int, crowd: Crowd) {
        self.command = command
        self.fileSize = fileSize
        self.descriptors = descriptors
        self.crowd = crowd
    }

    /// Starts the program, and serves until everything has been ended.
    mutating func run() -> Never {
        system_set_name("keeper")
        system_prepare_to_watch()
        _ = system_adopt_orphans()
        _ = system_close_on_exec(Self.orders)
        _ = system_close_on_exec(Self.reports)
        start()
        while true {
            let hasOrder = system_wait_for_child(Self.orders, 100)
            reap()
            if hasOrder { obey() }
            if let excess = crowd.excess() {
                tell(.excess(excess))
                killAll()
            }
        }
    }

    private mutating func start() {
        system_limit_core_files()
        _ = system_limit_file_size(Int64(fileSize))
        if descriptors > 0 { _ = system_limit_descriptors(Int64(descriptors)) }
        let launch = Launch(
            program: command[0], arguments: command, environment: Self.environment, folder: nil,
            group: SYSTEM_OWN_GROUP)
        let (identifier, code) = launch.start([0, 1, 2])
        // The keeper itself must be able to look around.
        _ = system_limit_descriptors(.max)
        if code != 0 {
            tell(.failed(code))
            _exit(0)
        }
        program = identifier
        // Now only the program has its streams: their end is seen when the program ends them.
        let nothing = system_open("/dev/null", O_RDWR | O_CLOEXEC, 0)
        for stream in Int32(0)...2 where nothing < 0 || dup2(nothing, stream) < 0 { close(stream) }
        tell(.started(identifier))
    }

    /// This process's environment, which is meant for the program.
    private static var environment: [String: String] {
        var settings: [String: String] = [:]
        var next = system_environment()
        while let entry = next?.pointee {
            let text = String(cString: entry)
            if let sign = text.firstIndex(of: "=") {
                settings[String(text[..<sign])] = String(text[text.index(after: sign)...])
            }
            next = next?.advanced(by: 1)
        }
        return settings
    }

    // MARK: The judge

    private func tell(_ report: Report) {
        var rest = report.bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                system_write(Self.reports, $0.baseAddress, $0.count)
            }
            if count < 0 && system_errno() != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Reads one order, and does it.
    private mutating func obey() {
        var bytes = [UInt8](repeating: 0, count: Order.size)
        var count = 0
        while count < bytes.count {
            let new = bytes.withUnsafeMutableBytes {
                read(Self.orders, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if new < 0 && system_errno() == EINTR { continue }
            // The judge has gone; whoever has replaced the program's parent ends here, too.
            guard new > 0 else { finish(forced: !hasExited, leftBehind: []) }
            count += new
        }
        switch Order(bytes[...]) {
        case .signal(let number, let toGroup): send(number, toGroup: toGroup)
        case .end(let patience): end(patience: patience)
        case nil: break
        }
    }

    private func send(_ number: Int32, toGroup: Bool) {
        // Reaped or not, the group's number is nobody else's while the group has members.
        let target =
            toGroup && !ProcessTable().members(of: program).isEmpty ? -program : program
        if target < 0 || !hasExited { _ = kill(target, number) }
    }

    // MARK: The end

    private mutating func reap() {
        var status: Int32 = 0
        while true {
            let ended = system_reap(-1, &status)
            if ended <= 0 { return }
            Children.remove(ended)
            if ended == program && !hasExited {
                hasExited = true
                tell(.exited(status))
            }
        }
    }

    /// Asks the program to end, waits for it and for all that it started, and ends the rest.
    private mutating func end(patience: Int32) -> Never {
        let deadline = Deadline(in: .milliseconds(patience))
        if !hasExited && patience > 0 { send(SIGTERM, toGroup: true) }
        var left: [ListedProcess] = []
        while true {
            reap()
            left = ProcessTable().livingDescendants(of: getpid())
            if left.isEmpty || deadline.hasPassed { break }
            // The end of each child wakes it; that of others is looked for.
            _ = system_wait_for_child(-1, deadline.milliseconds(atMost: 20))
        }
        reap()
        finish(forced: !hasExited, leftBehind: hasExited ? left.map { $0.name }.sorted() : [])
    }

    private mutating func finish(forced: Bool, leftBehind: [String]) -> Never {
        killAll()
        tell(.gone(forced: forced, leftBehind: leftBehind))
        _exit(0)
    }

    /// Kills and reaps all descendants, until there are none.
    private mutating func killAll() {
        let deadline = Deadline(in: .seconds(20))
        while !deadline.hasPassed {
            let found = Killing.kill { $0.livingDescendants(of: getpid()) }
            reap()
            if !found && ProcessTable().children(of: getpid()).isEmpty { return }
            _ = system_wait_for_child(-1, 5)
        }
    }
}
