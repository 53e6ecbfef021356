import Console
import Sockets

/// The options of `grade`, declared in the order in which `--help` shows them.
struct GradeOptions {
    private let at: Setting<Endpoint?>
    private let only: Setting<[String]?>
    private let skip: Setting<[String]?>
    private let format: Setting<Bool>
    private let layout: Setting<String?>
    private let reply: Setting<String?>
    private let bare: Setting<Bool>
    private let entry: Setting<String?>
    private let turn: Setting<String?>
    let pointsOnly: Setting<Bool>
    let passMark: Setting<Int?>
    let seed: Setting<UInt64>
    private let json: Setting<String?>
    private let junit: Setting<String?>
    private let gradescope: Setting<String?>
    private let html: Setting<String?>
    private let each: Setting<String?>
    private let csv: Setting<String?>
    private let out: Setting<String?>

    init(of program: Program) {
        at = program.option(
            "at", "<host>:<port>", "judges a server that runs already, not a command",
            parse: { try place($0) })
        let parts = { (text: String) in text.split(separator: ",").map(String.init) }
        only = program.option(
            "only", "<ids>", "asks only these cases: form,frame.split", parse: parts)
        skip = program.option("skip", "<ids>", "leaves out these cases", parse: parts)
        format = program.option(
            "format", "<form>", default: "sheet",
            "page: also asks for what only Exercises.md demands, without points",
            parse: { text in
                guard ["sheet", "page"].contains(text) else {
                    throw UsageError("'\(text)' is neither sheet nor page")
                }
                return text == "page"
            })
        layout = program.option(
            "layout", "<format>",
            "the program's own format of requests, or of all messages, if it is not found out")
        reply = program.option(
            "reply", "<format>", "the program's own format of the calculator's replies")
        bare = program.flag("bare", "sends text without line ends")
        entry = program.option(
            "entry", "<text>",
            "how a game is asked for: '{name},{n}' of the quiz, 'NEW' of hangman")
        turn = program.option(
            "turn", "<text>",
            "how a turn is sent: '{answer}' of the quiz, 'GUESS {letter}', '{row},{column}'")
        pointsOnly = program.flag("points-only", "prints only the last line")
        passMark = program.option(
            "pass-mark", "<n>", in: 0...100, default: "all cases",
            "ends with 0 from so many points on")
        seed = program.option(
            "seed", "<n>", default: "1", "repeats the judge's own choices",
            parse: { text in
                guard let number = UInt64(text) else {
                    throw UsageError("'\(text)' is not a whole number from 0 on")
                }
                return number
            })
        let file = { (name: String, summary: String) in program.option(name, "<file>", summary) }
        json = file("json", "writes the report for programs, anew after every case")
        junit = file("junit", "writes the report for continuous integration")
        gradescope = file("gradescope", "writes Gradescope's results.json")
        html = file("html", "writes a page for people, with a picture of each conversation")
        each = program.option(
            "each", "<folder>",
            "judges every folder and file in it; {folder} in the command is its path")
        csv = file("csv", "with --each: writes the table for a spreadsheet")
        out = program.option(
            "out", "<folder>", "with --each: writes the text, JSON and page of each, and an index")
    }

    /// The files that the report of one program is written to.
    ///
    /// - Throws: `UsageError` for options that go only with `--each`.
    func files() throws(UsageError) -> ReportFiles {
        for (name, value) in [("csv", csv.value), ("out", out.value)] where value != nil {
            throw UsageError("--\(name) goes only with --each")
        }
        return ReportFiles(
            json: json.value, junit: junit.value, gradescope: gradescope.value, html: html.value)
    }

    /// The folder of the submissions, and the files that are written about them.
    ///
    /// - Returns: `nil` if one program is judged.
    /// - Throws: `UsageError` for options that do not go with `--each`.
    func batch() throws(UsageError) -> (folder: String, files: BatchFiles)? {
        guard let folder = each.value else { return nil }
        let single = [
            ("json", json.value), ("junit", junit.value), ("gradescope", gradescope.value),
            ("html", html.value),
        ]
        for (name, value) in single where value != nil {
            throw UsageError("--\(name) is about one program: with --each use --out")
        }
        if at.value != nil { throw UsageError("--each and --at exclude each other") }
        return (folder, BatchFiles(csv: csv.value, folder: out.value))
    }

    /// The cases that are asked for.
    ///
    /// - Throws: `UsageError` for an id that the exam does not have.
    func cases(of exam: Exam) throws(UsageError) -> [Case] {
        let cases = exam.cases.filter { format.value || $0.kind != .page }
        for id in (only.value ?? []) + (skip.value ?? [])
        where !cases.contains(where: { $0.id == id }) {
            throw UsageError("\(exam.subject) has no case '\(id)'; --list shows them")
        }
        var chosen = only.value ?? cases.map(\.id)
        chosen.removeAll { skip.value?.contains($0) == true }
        guard !chosen.isEmpty else { throw UsageError("no case is left to be asked") }
        return cases.filter { chosen.contains($0.id) }
    }

    /// What is judged.
    func contest(_ command: [String]) throws(UsageError) -> Contest {
        if at.value != nil, !command.isEmpty {
            throw UsageError("--at and a command exclude each other")
        }
        guard at.value != nil || !command.isEmpty else {
            throw UsageError(
                "missing the program: write its command after --, or --at <host>:<port>")
        }
        if each.value == nil, command.contains(where: { $0.contains("{folder}") }) {
            throw UsageError("{folder} goes only with --each")
        }
        let known = (Contest.placeholders + ["folder"]).map { "{\($0)}" }
        for word in command where word.wholeMatch(of: /\{[a-z]+\}/) != nil {
            guard known.contains(word) else {
                throw UsageError(
                    "\(word) stands for nothing; there are \(known.joined(separator: " "))")
            }
        }
        return Contest(
            command: command, host: at.value?.host ?? "127.0.0.1", port: at.value?.port,
            layout: layout.value, reply: reply.value, isBare: bare.value,
            entry: entry.value, turn: turn.value)
    }
}

/// Reads `<host>:<port>`.
private func place(_ text: String) throws(UsageError) -> Endpoint {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
        (1...65_535).contains(port), colon > text.startIndex
    else { throw UsageError("'\(text)' is not <host>:<port>, as in 192.0.2.7:12000") }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    return (String(host), port)
}
