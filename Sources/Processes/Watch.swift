import CSystem
import Synchronization

/// What is known about a program, and what the thread that watches it is asked to do.
struct WatchState {
    var contents: Contents
    /// The program, once its keeper has told it; or the error number of its start.
    var start: (identifier: pid_t, code: Int32)?
    /// Whether the child, the program or its keeper, has ended and waits to be reaped.
    var childHasEnded = false
    /// Whether the child has been reaped: its number may be that of another process.
    var childIsReaped = false
    /// What was there at the end, once everything is gone.
    var ending: Ending?
}

/// Reads all that a program writes, so that it never blocks while nobody asks, and reaps it.
///
/// It holds no `ChildProcess`, so that the program can be ended with that object.
final class Watch: Sendable {
    let state: Monitor<WatchState>
    /// The program, or its keeper.
    let child: pid_t
    let hasKeeper: Bool
    private let outputLimit: Int
    private let wake: Pipe
    private let streams: [(stream: StandardStream, descriptor: Int32)]
    private let reports: Int32?

    /// - Parameter ends: The reading ends of standard output, standard error and, if there is a
    ///   keeper, its reports. They are closed with the watch.
    init(
        _ child: pid_t, ends: [Int32], wake: Pipe, kept: Int, outputLimit: Int
    ) {
        self.child = child
        self.outputLimit = outputLimit
        self.wake = wake
        streams = [(.standardOutput, ends[0]), (.standardError, ends[1])]
        reports = ends.count > 2 ? ends[2] : nil
        hasKeeper = ends.count > 2
        state = Monitor(WatchState(contents: Contents(kept: kept)))
        for end in ends + [wake.reading, wake.writing] { _ = system_set_nonblocking(end, true) }
    }

    deinit {
        for (_, descriptor) in streams { close(descriptor) }
        if let reports { close(reports) }
        close(wake.reading)
        close(wake.writing)
    }

    /// Starts the threads.
    ///
    /// - Returns: 0, or the error number; then the child has been killed.
    func start() -> Int32 {
        var code = startThread { self.run() }
        guard code == 0 else {
            abandonChild()
            return code
        }
        if !hasKeeper {
            code = startThread {
                _ = system_await_end(self.child)
                self.state.look { $0.childHasEnded = true }
                self.ring()
            }
            if code != 0 { stop() }
        }
        return code
    }

    private func abandonChild() {
        _ = kill(child, SIGKILL)
        _ = system_await_end(child)
        reap()
    }

    /// Lets the thread look at the state.
    private func ring() {
        _ = system_write(wake.writing, [0], 1)
    }

    /// Sends a signal to the program or its keeper, if it has not been reaped.
    func signalChild(_ number: Int32) {
        state.look { state in
            if !state.childIsReaped { _ = kill(child, number) }
        }
    }

    /// Takes both streams for ended, and reads nothing more.
    func stop() {
        state.change { state in
            state.contents.output.hasEnded = true
            state.contents.errors.hasEnded = true
        }
        ring()
    }

    // MARK: The thread

    private func run() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var untold: [UInt8] = []
        while true {
            let (childHasEnded, isReaped) = state.look { ($0.childHasEnded, $0.childIsReaped) }
            if childHasEnded && !isReaped {
                drain(&buffer)
                reap()
                continue
            }
            let open = streams.filter { isRead($0.stream) }
            if isReaped && open.isEmpty { return }
            var entries = open.map { entry($0.descriptor) } + [entry(wake.reading)]
            if let reports, !isReaped { entries.append(entry(reports)) }
            guard poll(&entries, nfds_t(entries.count), -1) > 0 else { continue }
            for (index, item) in open.enumerated() where entries[index].revents != 0 {
                _ = readOnce(item.stream, item.descriptor, &buffer)
            }
            if entries[open.count].revents != 0 {
                _ = read(wake.reading, &buffer, buffer.count)
            }
            if let reports, let last = entries.last, last.fd == reports, last.revents != 0 {
                hear(reports, &buffer, &untold)
            }
        }
    }

    private func entry(_ descriptor: Int32) -> pollfd {
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    }

    private func isRead(_ stream: StandardStream) -> Bool {
        state.look { !$0.contents[stream].hasEnded && !$0.contents[stream].isOverfull }
    }

    /// Reads once what there is; returns whether there may be more now.
    private func readOnce(
        _ stream: StandardStream, _ descriptor: Int32, _ buffer: inout [UInt8]
    ) -> Bool {
        let room = state.look { outputLimit - $0.contents[stream].count }
        let count = read(descriptor, &buffer, min(buffer.count, room))
        let code = system_errno()
        if count < 0 && (code == EAGAIN || code == EINTR) { return code == EINTR }
        state.change { state in
            if state.contents[stream].hasEnded { return }
            if count > 0 {
                buffer.withUnsafeBytes {
                    state.contents[stream].append(UnsafeRawBufferPointer(rebasing: $0[..<count]))
                }
                state.contents[stream].isOverfull = count == room
            } else {
                state.contents[stream].hasEnded = true
            }
        }
        return count > 0 && count < room
    }

    /// Reads what the program had written before its end. What others write meanwhile has no end,
    /// but a pipe holds 1 MiB at most.
    private func drain(_ buffer: inout [UInt8]) {
        for (stream, descriptor) in streams {
            for _ in 0..<17 where isRead(stream) {
                if !readOnce(stream, descriptor, &buffer) { break }
            }
        }
    }

    /// Reaps the child under the lock, so that `kill` hits no other process.
    private func reap() {
        Children.remove(child)
        state.change { state in
            var status: Int32 = 0
            _ = system_reap(child, &status)
            state.childIsReaped = true
            if !hasKeeper { state.contents.exit = Exit(status: status) }
        }
    }

    // MARK: The keeper

    /// Reads the keeper's reports.
    private func hear(_ reports: Int32, _ buffer: inout [UInt8], _ untold: inout [UInt8]) {
        let count = read(reports, &buffer, buffer.count)
        guard count > 0 else {
            if count == 0 || ![EAGAIN, EINTR].contains(system_errno()) { loseKeeper(&buffer) }
            return
        }
        untold += buffer[..<count]
        while let report = Report.take(from: &untold) { note(report, &buffer) }
    }

    private func note(_ report: Report, _ buffer: inout [UInt8]) {
        if case .exited = report { drain(&buffer) }
        state.change { state in
            switch report {
            case .started(let identifier): state.start = (identifier, 0)
            case .failed(let code): state.start = (0, code)
            case .exited(let status): state.contents.exit = Exit(status: status)
            case .excess(let limit): state.contents.excess = limit
            case .gone(let forced, let names):
                state.ending = Ending(leftBehind: names, wasForced: forced)
            }
        }
    }

    /// Reaps the keeper. If it has not told its end, it was killed: then ends the program here.
    private func loseKeeper(_ buffer: inout [UInt8]) {
        _ = kill(child, SIGKILL)
        _ = system_await_end(child)
        reap()
        let (start, ending) = state.look { ($0.start, $0.ending) }
        guard ending == nil, start?.code == 0 else {
            state.change { if $0.start == nil { $0.start = (0, ECHILD) } }
            return
        }
        let program = start?.identifier ?? 0
        let exits = Orphans.end(besides: program)
        drain(&buffer)
        state.change { state in
            state.contents.hasKilledKeeper = true
            if state.contents.exit == nil {
                state.contents.exit = exits[program] ?? .signal(SIGKILL)
            }
            state.ending = Ending(wasForced: true)
        }
    }
}
