import CSystem
import Console
import Processes
import Protocol
import Sockets

/// How a program has ended.
typealias Ending = Processes.Exit

/// A program that is judged, while it runs.
///
/// It gets a folder of its own, a small environment, and an input that stays open and silent.
final class RunningSubject {
    private let process: ChildProcess
    /// The folder in which it runs.
    let folder: ScratchFolder
    private var isEnded = false
    private let port: Int
    private let submission: Submission?
    private let usesDatagrams: Bool

    /// Starts the program of a play.
    ///
    /// - Parameters:
    ///   - values: What stands for the placeholders, besides the host and the port.
    ///   - arguments: What is appended where there is no placeholder, in place of the exam's.
    ///   - isBare: It gets no arguments of the exercise at all.
    init(
        _ play: Play, _ values: [String: String], arguments: [String]? = nil, isBare: Bool = false
    ) throws(Miss) {
        if play.contest.port != nil { throw .outOfReach() }
        var values = values
        values["host"] = play.contest.host
        values["port"] = "\(play.port)"
        port = play.port
        submission = play.contest.submission
        usesDatagrams = play.exam.exercise?.transport == .udp
        do throws(ProcessError) {
            folder = try ScratchFolder()
            for (name, bytes) in play.exam.files {
                SubjectFile.write(bytes, to: "\(folder.path)/\(name)")
            }
            // `python3 server.py` finds the file, and what it does to its files stays here.
            if let files = play.contest.files { folder.fill(by: files) }
            process = try ChildProcess(
                isBare
                    ? play.contest.bareCommand
                    : play.contest.command(arguments ?? play.exam.arguments, values),
                environment: Self.environment(home: folder.path), folder: folder.path,
                keeper: Self.keeper)
        } catch {
            let place = play.contest.submission?.path ?? "{folder}"
            throw .notJudged("\(error)".replacing(place, with: "{folder}"))
        }
    }

    deinit { _ = end() }

    private static let keeper = Keeper(descriptors: 4_096)

    /// What a program may need to know, and nothing about the judge.
    private static func environment(home: String) -> [String: String] {
        [
            "PATH": Contest.searchPath, "HOME": home, "LANG": "C.UTF-8", "TZ": "UTC",
            "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": home,
        ]
    }

    // MARK: What it says

    var output: String { Self.text(process.output) }
    var errors: String { Self.text(process.errors) }

    /// Whether it says that it did not get its port.
    ///
    /// System call: `bind(2)`, `EADDRINUSE`.
    var saysInUse: Bool {
        [output, errors].contains { $0.contains("in use") || $0.contains("EADDRINUSE") }
    }

    var hasEndedOutput: Bool { process.output.hasEnded }

    private static func text(_ record: StreamRecord) -> String {
        String(decoding: record.bytes, as: UTF8.self)
    }

    /// Waits until its standard output so far is right.
    func waitForOutput(within time: Duration, until isRight: (String) -> Bool) -> Bool {
        process.wait(within: time) { contents -> Bool? in
            if isRight(Self.text(contents.output)) { return true }
            return contents.output.hasEnded ? false : nil
        } ?? false
    }

    // MARK: How it is

    var isAlive: Bool { process.exit == nil }
    var ending: Ending? { process.exit }

    /// Waits until it has ended.
    func waitForEnd(within time: Duration) -> Ending? {
        process.wait(within: time) { $0.exit }
    }

    /// How long it has run or wanted to; it grows by nothing while the program waits.
    var runnableTime: Duration? { process.runnableTime }
    var descriptors: Int? { process.openDescriptors }
    /// The TCP ports at which it listens, or its UDP ports, as far as the system tells.
    var listeningPorts: [Int] {
        (process.listeningPorts ?? []).filter { $0.isDatagram == usesDatagrams }.map(\.port)
    }
    /// Whether it has bound this UDP port at an address that the judge reaches.
    func hasBound(_ port: Int) -> Bool {
        (process.listeningPorts ?? []).contains {
            $0.isDatagram && $0.port == port && ["0.0.0.0", "::", "127.0.0.1"].contains($0.host)
        }
    }
    /// Whether the port that it was given is another program's, found out once.
    private(set) lazy var hasRival = process.hasRival(at: port)
    /// Whether it waits for something; `nil` if the system does not tell.
    var sleeps: Bool? { process.sleeps }
    var waitsForKeyboard: Bool { process.readsInput == true }

    /// Whether it has read everything that came on a connection; `nil` if nothing tells.
    func reads(_ peer: Peer) -> Bool? { unreadBytes(on: peer).map { $0 == 0 } }

    /// How much has come on a connection that it has not read; `nil` if nothing tells.
    func unreadBytes(on peer: Peer) -> Int? {
        guard peer.target == nil, let here = try? peer.socket.localAddress.port,
            let there = try? peer.socket.remoteAddress.port
        else { return nil }
        return ChildProcess.unreadBytes(local: there, remote: here)
    }

    // MARK: What is done to it

    func type(_ text: String) { try? process.write(Array(text.utf8), within: .seconds(1)) }
    func endInput() { process.closeInput() }
    func interrupt() { process.signal(SIGINT) }
    /// Stops it where it stands, until `goOn`; what comes meanwhile waits.
    func pause() {
        process.signal(SIGSTOP, toGroup: true)
        let end = Instant.now + .seconds(1)
        while process.isStopped == false, .now < end {
            Console.sleep(for: .milliseconds(1))
        }
    }
    func goOn() { process.signal(SIGCONT, toGroup: true) }
    func kill() { process.signal(SIGKILL) }

    /// Ends it, and everything that it has started.
    ///
    /// - Returns: The names of the processes that it left behind.
    @discardableResult
    func end() -> [String] {
        guard !isEnded else { return [] }
        isEnded = true
        let ending = process.end(asking: .milliseconds(200))
        folder.remove()
        return ending.leftBehind
    }

    /// Its last words, for a report: the last line of an error, without ports.
    var lastWords: String? {
        let contents = process.contents
        switch contents.excess {
        case .processes: return "it had more than \(Self.keeper.processes) processes"
        case .memory: return "it took more than \(Self.keeper.memory >> 20) MiB of memory"
        case nil: break
        }
        if contents.hasKilledKeeper { return "it killed its parent, which is the judge's" }
        guard let line = errors.split(separator: "\n").last else { return nil }
        return constant(String(line)).excerpt
    }

    /// The end of its output, for a report.
    var lastOutput: String { constant(output).excerpt }

    /// The program's words without what changes from run to run: ports and folders of the judge's.
    private func constant(_ text: String) -> String {
        var text = text.replacing("\(folder.path)/", with: "").replacing("\(port)", with: "PORT")
        if let submission { text = text.replacing(submission.path, with: "{folder}") }
        return text.replacing(/(127\.0\.0\.1[^0-9]{1,4})[0-9]+/) { "\($0.output.1)PORT" }
    }
}

extension Ending {
    /// What the program has done, after "the program".
    var words: String {
        switch self {
        case .code(let code): "ended with exit code \(code)"
        case .signal(let number): "was ended by signal \(number)"
        }
    }
}

extension String {
    /// The last characters, as one line that harms no terminal.
    var excerpt: String { "\"\(suffix(200).description.escaped)\"" }
}
