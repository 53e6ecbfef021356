import Foundation
import Testing

/// `grade --each`: many submissions at once.
@Suite(.requiresPython) struct GradeEachTests {
    /// Submissions for guess-server: a right one, one without a program, one that removes itself,
    /// and one whose name would be a formula.
    private func makeSubmissions() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        let peer = PythonPeer.command("Faulty/guess_server")[1]
        let robust = PythonPeer.command("Faulty/robust")[1]
        for name in ["anna", "=1+1", "zoe & <b>"] {
            try folder.makeFolder(name)
            try folder.write(
                "\(name)/server.py", try String(contentsOfFile: peer, encoding: .utf8))
            try folder.write(
                "\(name)/robust.py", try String(contentsOfFile: robust, encoding: .utf8))
        }
        try folder.makeFolder("nothing")
        try folder.makeFolder("removes")
        try folder.write(
            "removes/server.py",
            "import os, sys\nos.remove(sys.argv[0])\nopen('new', 'w').write('x' * 1000)\n")
        return folder
    }

    private static let only = ["--only", "start.listen,form"]

    @Test func eachIsJudgedAndTheirFilesStay() throws {
        let submissions = try makeSubmissions()
        let folder = try ScratchFolder()
        let (csv, out) = (folder.path(of: "table.csv"), folder.path(of: "out"))
        let result = try run(
            "grade",
            ["guess-server", "--each", submissions.path, "--csv", csv, "--out", out] + Self.only
                + ["--", "python3", "{folder}/server.py", "{host}", "{port}"])
        #expect(result.exit == 1)
        let lines = result.stdout.split(separator: "\n").map(String.init)
        let points = try #require(lines[1].firstMatch(of: /(\d+) of \d+/)).output.1
        #expect(
            lines == [
                "=1+1       \(points) of \(points)  2 of 2",
                "anna       \(points) of \(points)  2 of 2",
                "nothing    0 of \(points)   0 of 2  start.listen",
                "removes    0 of \(points)   0 of 2  start.listen",
                "zoe & <b>  \(points) of \(points)  2 of 2",
                "guess-server: 5 submissions, 3 passed, 2 failed, 0 not judged",
            ])
        #expect(submissions.names == ["=1+1", "anna", "nothing", "removes", "zoe & <b>"])
        let removed = submissions.path(of: "removes/server.py")
        #expect(FileManager.default.fileExists(atPath: removed))

        let table = try String(contentsOfFile: csv, encoding: .utf8).components(separatedBy: "\r\n")
        #expect(table[0] == "name,points,of,passed,cases,verdict,failed,reason,start.listen,form")
        #expect(table[1].hasPrefix("'=1+1,\(points),\(points),2,2,passed,,,"))
        #expect(table[3] == "nothing,0,\(points),0,2,failed,start.listen,,0,0")
        #expect(table.count == 7)

        let index = try String(contentsOfFile: "\(out)/index.html", encoding: .utf8)
        #expect(
            index.contains("<a href=\"reports/zoe%20%26%20%3Cb%3E.html\">zoe &amp; &lt;b&gt;</a>"))
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(out)/reports")
        #expect(names.count == 15)
        let text = try String(contentsOfFile: "\(out)/reports/nothing.txt", encoding: .utf8)
        #expect(
            text.contains("FAIL  0 of ") && text.contains("can't open file '{folder}/server.py'"))
    }

    @Test func aSingleFileIsASubmission() throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("all")
        try folder.write("all/one.py", "import sys\nsys.exit(3)\n")
        let result = try run(
            "grade",
            ["guess-server", "--each", folder.path(of: "all")] + Self.only
                + ["--", "python3", "{folder}"])
        #expect(result.exit == 1)
        #expect(result.stdout.hasPrefix("one.py  0 of "))
    }

    @Test func oneThatCannotBeJudgedEndsWith2() throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("all")
        try folder.makeFolder("all/a")
        let result = try run(
            "grade",
            ["guess-server", "--each", folder.path(of: "all")] + Self.only
                + ["--", "{folder}/server"])
        #expect(result.exit == 2)
        #expect(result.stdout.hasPrefix("a  not judged: cannot start '{folder}/server': "))
        #expect(
            result.stdout.hasSuffix(
                "guess-server: 1 submission, 0 passed, 0 failed, 1 not judged\n"))
    }

    @Test func aFolderWithoutSubmissionsEndsWith2() throws {
        let folder = try ScratchFolder()
        for (path, reason) in [
            (folder.path, "there are no submissions in '\(folder.path)'"),
            ("/no/such", "cannot open '/no/such': no such folder"),
        ] {
            let result = try run("grade", ["guess-server", "--each", path, "--", "true"])
            #expect(result == ProgramResult(exit: 2, stdout: "", stderr: "grade: \(reason)\n"))
        }
    }
}
