import Conversations

/// All demands on the program of one side of an exercise.
struct Exam: Sendable {
    /// The name of our own program for this side: `guess-server`.
    let subject: String
    let exercise: Exercise?
    /// The side of the program that is judged.
    let side: Side
    /// The arguments that the sheet gives, where the command has no placeholder.
    let arguments: [String]
    /// How many cases are played at once. Clients that mostly wait can be many.
    let width: Int
    /// How long the sheet lets the program wait by itself before it goes on.
    let waits: Duration
    /// The files that the program finds in its folder.
    let files: [String: [UInt8]]
    let cases: [Case]

    init(
        _ subject: String, arguments: [String] = ["{host}", "{port}"], width: Int = 6,
        waits: Duration = .zero, files: [String: [UInt8]] = [:], _ cases: [Case]
    ) {
        self.subject = subject
        let name = subject.replacing("-server", with: "").replacing("-client", with: "")
        exercise = Exercise(named: name)
        side = subject.hasSuffix("-server") ? .server : .client
        self.arguments = arguments
        self.width = width
        self.waits = waits
        self.files = files
        self.cases = cases
    }

    /// These cases and all that they need, directly or not, in declared order.
    func withNeeded(_ chosen: [Case]) -> [Case] {
        var ids = Set(chosen.map(\.id))
        // A case needs only such as stand before it.
        for test in cases.reversed() where ids.contains(test.id) { ids.formUnion(test.needs) }
        return cases.filter { ids.contains($0.id) }
    }
}
