import CSystem
import Synchronization

/// The processes that lost their parent, and with it their keeper.
///
/// A program may kill its keeper. On Linux its processes become children of this process then, if
/// it has said that it takes them; elsewhere nobody finds those that have left the program's group.
enum Orphans {
    private static let areAdopted = Mutex(false)

    /// Lets orphans among the descendants become children of this process.
    ///
    /// System call: `prctl(2)` with `PR_SET_CHILD_SUBREAPER`.
    static func adopt() {
        areAdopted.withLock { $0 = system_adopt_orphans() == 0 }
    }

    /// Kills and reaps all children that this module did not start, and their descendants. Without
    /// adoption, kills only the program and its group.
    ///
    /// - Parameter program: A program of a keeper that has just been killed.
    /// - Returns: How each of the children ended.
    ///
    /// System calls: `kill(2)`, `waitpid(2)`.
    static func end(besides program: pid_t) -> [pid_t: Exit] {
        guard areAdopted.withLock({ $0 }) else {
            if program > 1 { _ = kill(-program, SIGKILL) }
            return [:]
        }
        return Children.look { known in
            var exits: [pid_t: Exit] = [:]
            let deadline = Deadline(in: .seconds(10))
            while !deadline.hasPassed {
                let orphans = ProcessTable().children(of: getpid()).filter {
                    !known.contains($0.identifier)
                }
                if orphans.isEmpty { break }
                Killing.kill { table in
                    let heads = table.children(of: getpid()).filter {
                        !known.contains($0.identifier)
                    }
                    return table.family(of: heads).filter { !$0.isZombie }
                }
                for orphan in orphans {
                    var status: Int32 = 0
                    if system_reap(orphan.identifier, &status) > 0 {
                        exits[orphan.identifier] = Exit(status: status)
                    }
                }
                _ = poll(nil, 0, 2)
            }
            return exits
        }
    }
}
