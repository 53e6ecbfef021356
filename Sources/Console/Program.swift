import CSystem

/// Declares a program's arguments, then runs it: the frame of every `main.swift`.
///
/// ```swift
/// let program = Program("guess-server", "Serves the guessing game.", role: .server)
/// let endpoint = program.listeningEndpoint()
/// let number = program.option("number", "<n>", in: 1...100, "fixes the number to be guessed")
/// program.run {
///     let server = try serve(on: endpoint.value, number: number.value)
/// }
/// ```
public final class Program {
    /// Decides how SIGINT and SIGTERM end a program: for a server they are the normal end.
    public enum Role: Sendable { case server, client }

    /// The version of all programs of this package.
    public static let version = "1.0.0"

    /// The command's name, which stands before every diagnostic.
    public let name: String

    let summary: String
    let role: Role
    private var remarks: [String] = []
    private var ownEndings: [(code: Int, meaning: String)] = []
    var grammar = Grammar()

    /// Names a program, which starts with `run`.
    ///
    /// - Parameters:
    ///   - name: The command as the user types it.
    ///   - summary: One sentence for `--help`.
    ///   - role: `.server` exits 0 on SIGINT and SIGTERM, `.client` 130 and 143.
    public init(_ name: String, _ summary: String, role: Role = .client) {
        self.name = name
        self.summary = summary
        self.role = role
    }

    /// Adds a paragraph to `--help`, after the summary.
    public func remark(_ text: String) { remarks.append(text) }

    /// Says in `--help` what an exit code means for this program, if all others mean something else.
    public func ending(_ code: Int, _ meaning: String) { ownEndings.append((code, meaning)) }

    /// Reads the arguments, runs `body`, and ends the process.
    ///
    /// 0 when `body` returns, 64 and the usage line for a `UsageError`, the code of an `Exit`, and
    /// 1 with the error's description for every other error. SIGPIPE is ignored, SIGINT and
    /// SIGTERM remove unfinished files, and the standard descriptors are open from here on.
    ///
    /// - Parameter body: The program; the settings have their values inside it.
    public func run(_ body: () throws -> Void) -> Never {
        declareProgramName(name)
        replaceClosedDescriptors()
        ending_install(role == .server ? 1 : 0)
        do {
            switch try parse(Array(CommandLine.arguments.dropFirst())) {
            case .run: try body()
            case .help: print(help(columns: helpColumns), terminator: "")
            case .version: print(name, Program.version)
            }
            end(.success)
        } catch let ending as Exit {
            end(ending)
        } catch let error as UsageError {
            end(Exit(code: Exit.usage.code, "\(error)\n\(usageLine)\ntry '\(name) --help'"))
        } catch {
            end(Exit(code: Exit.failure.code, "\(error)"))
        }
    }

    /// Reads `arguments` into the settings, or throws the reason why they are wrong.
    func parse(_ arguments: [String]) throws(UsageError) -> Grammar.Outcome {
        try grammar.parse(arguments)
    }

    var usageLine: String { grammar.usageLine(for: name) }

    func help(columns: Int) -> String {
        grammar.help(
            for: name, paragraphs: [summary] + remarks, endings: endings, columns: columns)
    }

    /// The exit codes in their order, as `--help` shows them.
    private var endings: [(code: String, meaning: String)] {
        var endings = role.endings
        for (code, meaning) in ownEndings {
            endings.removeAll { $0.code == "\(code)" }
            // 130 and 143 stand in one line.
            let place = endings.firstIndex { Int($0.code.prefix { $0 != "," }) ?? 0 > code }
            endings.insert(("\(code)", meaning), at: place ?? endings.endIndex)
        }
        return endings
    }
}
