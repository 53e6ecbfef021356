import CSystem

/// A limit that a program has exceeded: all its processes were killed.
public enum Excess: Int32, Sendable {
    /// It had more processes than allowed.
    case processes = 1
    /// It had more memory than allowed.
    case memory = 2
}

/// Counts the processes of a program now and then, and their memory.
struct Crowd {
    let most: Int
    let mostMemory: Int
    /// The processes at the last count, and the number of the system's newest process then.
    private var members: [pid_t] = []
    private var newest: Int?
    /// How often nobody has counted since then.
    private var skipped = 0

    init(most: Int, mostMemory: Int) {
        self.most = most
        self.mostMemory = mostMemory
    }

    /// The limit that the descendants of this process exceed now; nil if they keep to both.
    mutating func excess() -> Excess? {
        if isTooLarge() { return .processes }
        guard members.reduce(0, { $0 + Self.memory(of: $1) }) > mostMemory else { return nil }
        // The number of one that has ended may be that of a stranger by now.
        count()
        if members.count > most { return .processes }
        return members.reduce(0) { $0 + Self.shareOfMemory(of: $1) } > mostMemory ? .memory : nil
    }

    private mutating func count() {
        members = ProcessTable().livingDescendants(of: getpid()).map { $0.identifier }
    }

    /// Whether there are more processes than allowed.
    ///
    /// To look at all processes costs more than to ask for the newest number: as long as too few
    /// have been started on the whole system, it is enough to count now and then.
    ///
    /// File: `/proc/loadavg` of proc(5).
    private mutating func isTooLarge() -> Bool {
        let now = Self.newestProcess()
        if let now, let newest, now >= newest, members.count + now - newest <= most {
            skipped += 1
            if now == newest || skipped < 10 { return false }
        }
        skipped = 0
        newest = now
        count()
        return members.count > most
    }

    private static func newestProcess() -> Int? {
        guard let line = SystemFile.read("/proc/loadavg") else { return nil }
        return line.split(whereSeparator: { $0 == " " || $0 == "\n" }).last.flatMap { Int($0) }
    }

    /// The same with its share of the bytes that several processes have together: after fork(2),
    /// parent and child have all of theirs together until one of them writes.
    ///
    /// To ask for it costs more.
    ///
    /// File: `/proc/<number>/smaps_rollup` of proc(5).
    private static func shareOfMemory(of process: pid_t) -> Int {
        let lines = SystemFile.read("/proc/\(process)/smaps_rollup")?.split(separator: "\n") ?? []
        guard let line = lines.first(where: { $0.hasPrefix("Pss_Anon:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return memory(of: process) }
        return kibibytes << 10
    }

    /// The bytes that a process has in memory, without those that it shares as files; 0 if the
    /// system does not tell.
    ///
    /// File: `/proc/<number>/statm` of proc(5).
    private static func memory(of process: pid_t) -> Int {
        let pages = SystemFile.read("/proc/\(process)/statm")?.split(separator: " ") ?? []
        guard pages.count > 2, let resident = Int(pages[1]), let shared = Int(pages[2]) else {
            return 0
        }
        return (resident - shared) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
