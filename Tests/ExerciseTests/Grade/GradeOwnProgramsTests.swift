import Testing

/// Our own programs do all that the sheets and the network demand: 100 of 100 points, on both
/// sides.
///
/// An ordinary run judges a few of them; with `SOCKET_LABS_GRADE=all`, all.
struct GradeOwnProgramsTests {
    private static let chosen = GradeListLine.subjects.enumerated()
        .filter { GradeRun.judgesAll || $0.offset % 12 == 0 }.map(\.element)

    @Test(arguments: chosen)
    func ourOwnProgramGetsAllPoints(subject: String) throws {
        let run = try GradeRun(subject, judging: [try BuiltPrograms.path(of: subject)])
        #expect(run.result.exit == 0, "\(run.result.stdout)\(run.result.stderr)")
        #expect(run.report.points == 100)
        #expect(run.report.of == 100)
        #expect(run.report.found.isEmpty || run.result.stdout.contains("\nformat: "))
    }

    /// 100 points in all, and at least 70 of them for sentences of the sheet.
    @Test func thePointsOfEverySubjectSumTo100() throws {
        let subjects = GradeListLine.subjects
        #expect(!subjects.isEmpty)
        #expect(Set(subjects).count == subjects.count)
        for subject in subjects {
            let lines = GradeListLine.all.filter { $0.subject == subject }
            let sheet = lines.filter { $0.kind == "sheet" }.reduce(0) { $0 + $1.points }
            #expect(lines.reduce(0) { $0 + $1.points } == 100, "\(subject)")
            #expect(sheet >= 70, "\(subject)")
            #expect(Set(lines.map(\.id)).count == lines.count, "\(subject)")
        }
    }
}
