import CSystem

/// One process, as the system lists it.
struct ListedProcess {
    let identifier: pid_t
    let parent: pid_t
    let group: pid_t
    let isZombie: Bool
    let isStopped: Bool
    /// The time of its start; with the identifier it names one process for ever.
    let start: UInt64
    /// Its short name; what is not printable is shown as `?`.
    let name: String

    init(_ process: system_process) {
        identifier = process.identifier
        parent = process.parent
        group = process.group
        isZombie = process.is_zombie
        isStopped = process.is_stopped
        start = process.start
        let bytes = withUnsafeBytes(of: process.name) { Array($0.prefix { $0 != 0 }) }
        name = String(
            decoding: bytes.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") },
            as: UTF8.self)
    }
}

/// All processes of the system at one time.
///
/// Files: `/proc/<number>/stat` of proc(5). Elsewhere `proc_listallpids(3)`.
struct ProcessTable {
    private let processes: [ListedProcess]

    init() {
        var capacity = 1_024
        while true {
            var list = [system_process](repeating: system_process(), count: capacity)
            let count = Int(system_processes(&list, Int32(capacity)))
            if count < capacity {
                processes = list.prefix(max(0, count)).map { ListedProcess($0) }
                return
            }
            capacity *= 2
        }
    }

    /// The process with this number.
    subscript(identifier: pid_t) -> ListedProcess? {
        processes.first { $0.identifier == identifier }
    }

    /// The children of a process.
    func children(of parent: pid_t) -> [ListedProcess] {
        processes.filter { $0.parent == parent }
    }

    /// The members of a group.
    func members(of group: pid_t) -> [ListedProcess] {
        processes.filter { $0.group == group }
    }

    /// These processes and all their descendants.
    func family(of heads: [ListedProcess]) -> [ListedProcess] {
        var children: [pid_t: [ListedProcess]] = [:]
        for process in processes { children[process.parent, default: []].append(process) }
        var found = heads
        var seen = Set(heads.map { $0.identifier })
        var next = 0
        while next < found.count {
            for child in children[found[next].identifier] ?? []
            where seen.insert(child.identifier).inserted {
                found.append(child)
            }
            next += 1
        }
        return found
    }

    /// All descendants of a process that have not ended.
    func livingDescendants(of identifier: pid_t) -> [ListedProcess] {
        family(of: children(of: identifier)).filter { !$0.isZombie }
    }
}

/// Kills many processes that may start others meanwhile.
enum Killing {
    /// Kills what `find` finds in each new table: stops them first, so that none gets away by
    /// starting another, and then kills them.
    ///
    /// - Parameter sparing: A group that must not be hit as a whole, since this process is in it.
    /// - Returns: Whether there was any.
    ///
    /// System call: `kill(2)`.
    @discardableResult
    static func kill(
        sparing own: pid_t = getpgrp(), _ find: (ProcessTable) -> [ListedProcess]
    ) -> Bool {
        var stopped: Set<pid_t> = []
        for _ in 0..<50 {
            let new = find(ProcessTable()).filter { !stopped.contains($0.identifier) }
            if new.isEmpty { break }
            // A signal to a group hits all its members at once, and no member can start another
            // meanwhile.
            for group in Set(new.map { $0.group }) where group > 1 && group != own {
                _ = CSystem.kill(-group, SIGKILL)
            }
            for process in new {
                _ = CSystem.kill(process.identifier, SIGSTOP)
                stopped.insert(process.identifier)
            }
        }
        for process in stopped { _ = CSystem.kill(process, SIGKILL) }
        return !stopped.isEmpty
    }
}
