import Foundation
import Testing

/// The report of `grade --json`, as far as the tests look at it.
struct GradeReport: Decodable {
    struct Case: Decodable {
        let id: String
        let kind: String
        let points: Int
        let of: Int
        let status: String
        let needs: [String]
        let wanted: String?
        let got: String?
        let end: String?
        let cause: String?
    }

    let complete: Bool
    let points: Int
    let of: Int
    let passed: Int
    let failed: Int
    let verdict: String
    let found: [String]
    let cases: [Case]

    /// The ids of the cases that failed, in declared order.
    var lost: [String] { cases.filter { $0.status == "failed" }.map(\.id) }

    /// What a failed case says, in one line.
    func story(of id: String) -> String {
        guard let found = cases.first(where: { $0.id == id }) else { return "\(id): no such case" }
        let cause = found.cause.map { ", cause \($0)" } ?? ""
        let end = found.end.map { " (\($0))" } ?? ""
        return "\(id): \(found.status), wanted \(found.wanted ?? "-"), got "
            + "\(found.got ?? "-")\(end)\(cause)"
    }
}

/// A run of the built `grade`.
struct GradeRun {
    let report: GradeReport
    let result: ProgramResult

    /// Judges a program.
    ///
    /// - Parameter command: The program and its arguments.
    init(_ subject: String, _ options: [String] = [], judging command: [String]) throws {
        let folder = try ScratchFolder()
        let file = folder.path(of: "report.json")
        // In a folder of its own, since each program gets copies of what is there.
        result = try run(
            "grade", [subject, "--json", file] + options + ["--"] + command, folder: folder.path)
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        report = try JSONDecoder().decode(GradeReport.self, from: data)
    }

    /// Whether every program is judged in every case, as README.md says. That takes many
    /// minutes, and so an ordinary `swift test` takes a sample.
    static let judgesAll = ProcessInfo.processInfo.environment["SOCKET_LABS_GRADE"] == "all"
}

/// A line of `grade --list`: `<subject> <points> <kind> <id> <sentence>`.
struct GradeListLine {
    let subject: String
    let points: Int
    let kind: String
    let id: String

    /// All cases of all subjects, in their order.
    static let all: [GradeListLine] = {
        let list = (try? run("grade", ["--list"]).stdout) ?? ""
        return list.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 4).map(String.init)
            guard words.count == 5, let points = Int(words[1]) else { return nil }
            return GradeListLine(subject: words[0], points: points, kind: words[2], id: words[3])
        }
    }()

    /// The subjects in their order.
    static let subjects: [String] = all.reduce(into: []) { names, line in
        if names.last != line.subject { names.append(line.subject) }
    }
}

extension PythonPeer {
    /// The command of a program in Tests/Peers, for `grade`: `Faulty/guess_server`.
    static func command(_ name: String, _ arguments: [String] = []) -> [String] {
        let file = Package.folder.appendingPathComponent("Tests/Peers/\(name).py").path
        return ["python3", file] + arguments
    }

    static func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: command(name)[1])
    }
}
