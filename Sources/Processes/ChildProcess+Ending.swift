import CSystem

extension ChildProcess {
    /// Ends a program without a keeper, as far as it can be found.
    func endWithoutKeeper(_ deadline: Deadline, isAsked: Bool) {
        if isAsked { signal(SIGTERM, toGroup: true) }
        _ = watch.state.wait(until: deadline) { $0.contents.exit }
        let isForced = exit == nil
        var left = remaining
        while !isForced && !left.isEmpty && !deadline.hasPassed {
            _ = poll(nil, 0, deadline.milliseconds(atMost: 20))
            left = remaining
        }
        if isForced || !left.isEmpty {
            Killing.kill { self.remaining(in: $0) }
        }
        signal(SIGKILL)
        _ = watch.state.wait(until: Deadline(in: .seconds(30))) { $0.contents.exit }
        watch.state.change { state in
            guard state.ending == nil else { return }
            let names = isForced ? [] : left.map { $0.name }.sorted()
            state.ending = Ending(leftBehind: names, wasForced: isForced)
        }
    }

    private var remaining: [ListedProcess] { remaining(in: ProcessTable()) }

    /// The program's descendants while it runs, and the members of its group.
    private func remaining(in table: ProcessTable) -> [ListedProcess] {
        let isRunning = exit == nil
        let heads = isRunning ? table[identifier].map { [$0] } ?? [] : []
        let others = hasOwnGroup ? table.members(of: identifier) : []
        return table.family(of: heads + others).filter { !$0.isZombie }
    }
}
