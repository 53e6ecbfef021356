import CSystem

/// A program that was started, with pipes for its standard streams.
///
/// It is killed with the object, at the latest.
///
/// System call: `posix_spawn(3)`.
public final class ChildProcess: Sendable {
    /// The process id of the program itself, not of its keeper. After its end it may be that of
    /// another process.
    public let identifier: pid_t
    let name: String
    let watch: Watch
    let input: InputPipe
    let hasOwnGroup: Bool
    /// The keeper's orders.
    private let orders: InputPipe?

    /// The number of bytes of a stream that are kept unless another is named.
    public static let keptLimit = 256 << 10
    /// The number of bytes of a stream that are read at all unless another is named.
    public static let outputLimit = 8 << 20

    /// Starts `command`. It has default signal actions, an empty signal mask, and no descriptor but
    /// its three standard streams.
    ///
    /// - Parameters:
    ///   - command: The path of the program, or a name to be found on `PATH` (the keeper's is that
    ///     of `environment`), then its arguments.
    ///   - environment: All of its environment.
    ///   - folder: The folder that it runs in; nil is that of this process. A path in `command`
    ///     starts there.
    ///   - keeper: The keeper to put between, or nil for a program that is trusted.
    ///   - ownGroup: Whether it gets a process group of its own; with a keeper it always does.
    ///   - kept: The most bytes of each stream to keep.
    ///   - outputLimit: The most bytes of each stream to read. A program that writes more stands
    ///     still.
    /// - Throws: `ProcessError` for `start` if there is no such program, or it cannot be started.
    public init(
        _ command: [String], environment: [String: String], folder: String? = nil,
        keeper: Keeper? = nil, ownGroup: Bool = false, kept: Int = keptLimit,
        outputLimit: Int = outputLimit
    ) throws(ProcessError) {
        let name = command.first ?? ""
        self.name = name
        try Self.check(command, folder)
        hasOwnGroup = ownGroup || keeper != nil
        let pipes = try Pipes(for: name, withKeeper: keeper != nil)
        let launch: Launch
        if let keeper {
            guard let path = keeper.path else { throw ProcessError(.keep, name, code: ENOENT) }
            launch = Launch(
                program: path, arguments: keeper.arguments(for: command), environment: environment,
                folder: folder, group: SYSTEM_OWN_SESSION)
        } else {
            launch = Launch(
                program: name, arguments: command, environment: environment, folder: folder,
                group: ownGroup ? SYSTEM_OWN_GROUP : SYSTEM_SAME_GROUP)
        }
        let (child, code) = launch.start(pipes.theirs)
        pipes.closeTheirs()
        guard code == 0 else {
            pipes.closeOurs()
            throw ProcessError(keeper == nil ? .start : .keep, name, code: code)
        }
        input = InputPipe(pipes.input.writing, to: name)
        orders = pipes.orders.map { InputPipe($0.writing, to: "keeper") }
        watch = Watch(
            child, ends: pipes.readings, wake: pipes.wake, kept: kept, outputLimit: outputLimit)
        identifier = try Self.awaitStart(of: name, watch)
    }

    deinit {
        if let orders {
            orders.close()
        } else {
            signal(SIGKILL, toGroup: true)
        }
        watch.stop()
    }

    private static func check(_ command: [String], _ folder: String?) throws(ProcessError) {
        let name = command.first ?? ""
        guard !name.isEmpty else {
            throw ProcessError(.start, name, code: ENOENT, because: "its name is empty")
        }
        guard !command.contains(where: { $0.utf8.contains(0) }) else {
            throw ProcessError(.start, name, code: EINVAL, because: "an argument holds a zero byte")
        }
        // Otherwise a missing folder would look like a missing program.
        var status = stat()
        if let folder, stat(folder, &status) != 0 {
            let reason = "its folder '\(folder)' is missing or closed"
            throw ProcessError(.prepare, name, code: system_errno(), because: reason)
        }
    }

    /// Starts the threads, and waits until the keeper, if there is one, tells the start.
    private static func awaitStart(
        of name: String, _ watch: Watch
    ) throws(ProcessError) -> pid_t {
        let code = watch.start()
        guard code == 0 else { throw ProcessError(.prepare, name, code: code) }
        guard watch.hasKeeper else { return watch.child }
        // Far more than a busy machine needs.
        let start = watch.state.wait(until: Deadline(in: .seconds(60))) { $0.start }
        guard let start, start.code == 0 else {
            watch.stop()
            let lost = start == nil || start?.code == ECHILD
            throw ProcessError(lost ? .keep : .start, name, code: start?.code ?? ETIMEDOUT)
        }
        return start.identifier
    }

    // MARK: Input

    /// Writes to its standard input; waits while the pipe is full, for `duration` at most.
    ///
    /// - Throws: `ProcessError` for `write`: `EPIPE` if the program has closed its standard input
    ///   or has ended.
    ///
    /// System call: `write(2)`.
    public func write(_ bytes: [UInt8], within duration: Duration) throws(ProcessError) {
        try input.write(bytes, until: Deadline(in: duration))
    }

    /// Ends its standard input; once is enough, more does no harm.
    public func closeInput() {
        input.close()
    }

    /// Sends it a signal; nothing happens if it has ended, and no other process is hit.
    ///
    /// - Parameter toGroup: Whether all processes of its group get it, as with Ctrl-C at a
    ///   terminal; without a group of its own only the program gets it.
    ///
    /// System call: `kill(2)`.
    public func signal(_ number: Int32, toGroup: Bool = false) {
        if let orders {
            tell(.signal(number, toGroup: toGroup), orders)
        } else {
            watch.state.look { state in
                guard !state.childIsReaped else { return }
                _ = kill(toGroup && hasOwnGroup ? -identifier : identifier, number)
            }
        }
    }

    private func tell(_ order: Order, _ orders: InputPipe) {
        try? orders.write(order.bytes, until: Deadline(in: .seconds(5)))
        // The program may have stopped its keeper.
        watch.signalChild(SIGCONT)
    }

    // MARK: Output

    /// What is known about it now.
    public var contents: Contents { watch.state.look { $0.contents } }

    /// Its standard output so far.
    public var output: StreamRecord { contents.output }

    /// Its standard error so far.
    public var errors: StreamRecord { contents.errors }

    /// How it ended; nil while it runs.
    public var exit: Exit? { watch.state.look { $0.contents.exit } }

    /// Looks at what is known now, and may take lines from it.
    public func look<Value>(_ body: (inout Contents) -> Value) -> Value {
        watch.state.look { body(&$0.contents) }
    }

    /// Asks `probe` now and after every change until it returns a value.
    ///
    /// - Returns: nil once `duration` has passed.
    public func wait<Value>(
        within duration: Duration, for probe: (inout Contents) -> Value?
    ) -> Value? {
        watch.state.wait(until: Deadline(in: duration)) { probe(&$0.contents) }
    }

    // MARK: End

    /// Ends it and all that it has started: asks its group by SIGTERM, waits, and kills what is
    /// left. Returns when everything is gone and the output has been read.
    ///
    /// Without a keeper only its group and its descendants are found, and these only as long as it
    /// runs.
    ///
    /// - Parameter patience: How long it may take when asked. If it has ended already, this is the
    ///   time in which the others may end by themselves. With zero it is not asked, but killed.
    ///
    /// System call: `kill(2)`.
    @discardableResult
    public func end(asking patience: Duration) -> Ending {
        defer { input.close() }
        if let orders {
            let (seconds, attoseconds) = patience.components
            let milliseconds = Int32(
                clamping: min(max(0, seconds), 86_400) * 1_000 + attoseconds / 1_000_000_000_000_000
            )
            tell(.end(patience: milliseconds), orders)
            let deadline = Deadline(in: patience + .seconds(30))
            if watch.state.wait(until: deadline, for: { $0.ending }) == nil {
                watch.signalChild(SIGKILL)
            }
        } else {
            endWithoutKeeper(Deadline(in: patience), isAsked: patience > .zero)
        }
        // All writers are gone, but for those that nobody found.
        _ = wait(within: .seconds(1)) { contents -> Bool? in
            let open = [contents.output, contents.errors].filter { !$0.isOverfull && !$0.hasEnded }
            return open.isEmpty ? true : nil
        }
        watch.stop()
        return watch.state.wait(until: Deadline(in: .seconds(30))) { $0.ending } ?? Ending()
    }

    /// Kills all programs that this process has started and that still run, for a process that ends
    /// right then. Keepers end their programs themselves.
    ///
    /// System call: `kill(2)`.
    public static func killAll() {
        Children.kill()
    }
}
