// Judges a program in any language for one of the exercises: plays against it as the other side, and
// says what it does right and wrong, sentence of the sheet by sentence.
//
//     swift run grade guess-server -- python3 server.py {host} {port}
//     swift run grade guess-server --list

import Console
import Files
import Processes

Keeper.serveIfAsked()

let program = Program("grade", "Judges a program that was written for one of the exercises.")
let subject = program.operand(
    "<subject>", "our own program for that side: --list shows all", example: "guess-server")
let command = program.operands(
    "<command>...", "the program to judge, after --; {host} and {port} are replaced",
    example: "-- python3 server.py {host} {port}")
let list = program.flag("list", "shows all cases, or those of the subject, and ends")
let options = GradeOptions(of: program)

program.run {
    let exams = try Exam.named(subject.value, orAll: list.value)
    if list.value {
        return print(
            exams.map { $0.list(withSubject: subject.value == nil) }.joined(), terminator: "")
    }
    do {
        let report = try judge(exams[0], options, command.value)
        switch report.verdict {
        case .passed: return
        case .failed: throw Exit(code: 1)
        case .notJudged: throw Exit(code: 2, report.notJudged)
        }
    } catch let error as FileError {
        // 1 would say something about the program.
        throw Exit(code: 2, "\(error)")
    }
}

/// Judges one program, and shows what it does right and wrong as the cases end.
func judge(_ exam: Exam, _ options: GradeOptions, _ command: [String]) throws -> Report {
    let contest = try options.contest(command)
    let cases = try options.cases(of: exam)
    let files = options.files
    try files.check()
    let view = TextReport(of: cases, showsPointsOnly: options.pointsOnly.value)
    let judge = Judge(
        exam, contest, cases: cases, seed: options.seed.value, passMark: options.passMark.value)
    var shown = 0
    let report = try judge.judge { report in
        // In declared order, whatever the order in which they end.
        while shown < report.results.count, let result = report.results[shown] {
            for line in view.lines(for: result) { print(line) }
            shown += 1
        }
        try files.update(report)
    }
    for line in view.end(of: report) { print(line) }
    return report
}
