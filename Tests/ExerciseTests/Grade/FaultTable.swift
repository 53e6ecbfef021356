import Testing

/// Which cases each fault of a program must lose; without a fault the program loses none.
///
/// A row is `fault: ids`, the ids in declared order: those that fail. The cases that are skipped
/// since they need one of these are lost, too, and need no mention.
///
/// ```swift
/// extension FaultTable {
///     static let guessServer = FaultTable(
///         "guess-server", "Faulty/guess_server",
///         """
///         split: frame.split frame.bytes many.mid
///         letter-alone: form
///         """)
/// }
/// ```
struct FaultTable: Sendable, CustomTestStringConvertible {
    /// One program with one fault, or with none.
    struct Row: Sendable, CustomTestStringConvertible {
        let table: FaultTable
        let fault: String?
        let lost: [String]

        var testDescription: String { "\(table.program) --fault \(fault ?? "(none)")" }
    }

    let subject: String
    /// The program's file in Tests/Peers, without `.py`.
    let program: String
    /// The options of `grade`.
    let options: [String]
    let rows: [Row]

    init(_ subject: String, _ program: String, options: [String] = [], _ text: String) {
        self.subject = subject
        self.program = program
        self.options = options
        let empty = FaultTable(subject: subject, program: program, options: options)
        rows =
            [Row(table: empty, fault: nil, lost: [])]
            + text.split(separator: "\n").map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                let ids = parts.count > 1 ? parts[1].split(separator: " ") : []
                return Row(
                    table: empty, fault: parts.first.map(String.init), lost: ids.map(String.init))
            }
    }

    var testDescription: String { program }

    private init(subject: String, program: String, options: [String]) {
        self.subject = subject
        self.program = program
        self.options = options
        rows = []
    }

    /// All tables, sheet by sheet.
    static let all: [FaultTable] = [
        // Practice 4
        selectServer, selectClient, calculatorServer, calculatorClient,
        guessServer, guessClient, chatServer, chatClient,

        // Unit B3
        messageServer, messageClient, talkServer, talkClient,

        // Lab 2
        echoServer, echoClient, sumServer, sumClient,
        fileServer, fileClient, arguments,

        // Programming 2
        hostInfo, httpGet, helloServer, helloClient,
        strftimeServer, strftimeClient, threadedServer, countThreads,
        quizServer, quizClient, hangmanServer, hangmanClient,
        tictactoeServer, tictactoeClient,

        // CS 212
        udpServer, udpClient, dateTimeServer, dateTimeClient,
        arithmeticServer, arithmeticClient, chatroomServer, chatroomClient,
    ]

    /// The rows that this run of the tests tries: all, or of every fourth table the first fault.
    static var chosenRows: [Row] {
        guard !GradeRun.judgesAll else { return all.flatMap(\.rows) }
        return all.enumerated().filter { $0.offset % 4 == 0 }
            .flatMap { $0.element.rows.filter { !$0.lost.isEmpty }.prefix(1) }
    }
}

extension FaultTable.Row {
    /// Judges the program, and compares what it loses with the table.
    func check() throws {
        let arguments = fault.map { ["--fault", $0] } ?? []
        // A sample asks only the cases that must be lost, and those they need.
        let only = GradeRun.judgesAll ? [] : ["--only", lost.joined(separator: ",")]
        let run = try GradeRun(
            table.subject, table.options + only,
            judging: PythonPeer.command(table.program, arguments))
        let report = run.report
        #expect(report.complete && report.verdict != "not judged", "\(run.result.stderr)")
        let surplus = report.lost.filter { !lost.contains($0) }.map(report.story)
        let missing = lost.filter { !report.lost.contains($0) }.map(report.story)
        #expect(
            surplus.isEmpty && missing.isEmpty,
            """
            \(testDescription) loses otherwise than the table says.
            lost, but not in the table: \(surplus.joined(separator: "\n    "))
            in the table, but not lost: \(missing.joined(separator: "\n    "))
            the row as it came: \(fault ?? "(none)"): \(report.lost.joined(separator: " "))
            """)
        if GradeRun.judgesAll { checkSkipped(report) }
    }

    /// Each case that was skipped without its points needs one that was lost.
    private func checkSkipped(_ report: GradeReport) {
        var gone = Set(report.lost)
        let skipped = report.cases.filter { $0.status == "skipped" && $0.points < $0.of }
        for skipped in skipped {
            #expect(
                !gone.isDisjoint(with: skipped.needs),
                "\(testDescription): \(skipped.id) was skipped, and needs nothing that was lost")
            gone.insert(skipped.id)
        }
    }
}
