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
    "<subject>", "our own program for that side, as guess-server; --list shows all",
    example: "sum-server")
let command = program.operands(
    "-- <command>...",
    "the program to judge, with its arguments; {host} and {port} are replaced, or appended where "
        + "nothing stands in braces",
    example: "-- python3 Tests/Peers/sum_server.py {host} {port}")
program.remark(
    "The program is started anew for each case, in a folder of its own with copies of what is in "
        + "the current folder (links where that is more than 200 files or 4 MiB), with a silent "
        + "input, a small environment, and limits on processes, memory, output and files. This is "
        + "no sandbox: the program can do what you can do.")
program.ending(0, "all cases of the sheet and the network passed")
program.ending(1, "some of them failed")
program.ending(2, "it could not be judged: standard error tells the reason")
let list = program.flag("list", "shows all cases, or those of the subject, and ends")
let options = GradeOptions(of: program)

program.run {
    let exams = try Exam.named(subject.value, orAll: list.value)
    if list.value {
        return print(
            exams.map { $0.list(withSubject: subject.value == nil) }.joined(), terminator: "")
    }
    let exam = exams[0]
    let inspection = Inspection(
        exam: exam, contest: try options.contest(command.value), cases: try options.cases(of: exam),
        seed: options.seed.value, passMark: options.passMark.value)
    do {
        let verdict =
            if let (folder, files) = try options.batch() {
                try inspection.judgeEach(in: folder, files)
            } else {
                try inspection.judgeOne(
                    try options.files(), showsPointsOnly: options.pointsOnly.value)
            }
        guard verdict == .passed else { throw Console.Exit(code: 1) }
    } catch let error as FileError {
        // 1 would say something about the program.
        throw Console.Exit(code: 2, "\(error)")
    }
}
