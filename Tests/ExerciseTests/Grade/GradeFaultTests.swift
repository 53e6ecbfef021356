import Testing

/// Grade is graded: programs with one fault each, and the cases that each must lose.
///
/// An ordinary run tries one fault of some programs, and asks only the cases that it must lose. With
/// the environment variable `SOCKET_LABS_GRADE=all` every program is judged whole with each fault
/// and without: so no fault loses more than the table says, and nothing is lost without a fault.
struct GradeFaultTests {
    @Test(.requiresPython, arguments: FaultTable.chosenRows)
    func eachFaultLosesItsCases(row: FaultTable.Row) throws {
        try row.check()
    }

    /// A fault that the program has and the table does not would never be tried.
    @Test(.requiresPython, arguments: FaultTable.all)
    func theTableHasEveryFault(table: FaultTable) throws {
        let listed = try PythonPeer.run(table.program, ["--faults"]).stdout
        let faults = listed.split(separator: "\n").map(String.init)
        #expect(table.rows.compactMap(\.fault) == faults)
    }

    @Test func everySubjectHasATable() {
        #expect(Set(FaultTable.all.map(\.subject)) == Set(GradeListLine.subjects))
    }

    /// A case that no fault loses shows nothing.
    @Test(arguments: Set(FaultTable.all.map(\.subject)).sorted())
    func everyCaseIsLostByAFault(subject: String) {
        let rows = FaultTable.all.filter { $0.subject == subject }.flatMap(\.rows)
        let lost = Set(rows.flatMap(\.lost))
        let cases = GradeListLine.all.filter { $0.subject == subject && $0.kind != "page" }
        #expect(cases.map(\.id).filter { !lost.contains($0) } == [])
    }
}
