import Foundation

/// A test's expectation that was not met, with all that the programs in it have written.
struct ProgramFailure: Error, CustomStringConvertible {
    /// What one program had written when the failure was described.
    struct Transcript {
        let process: pid_t
        let text: String
    }

    let problem: String
    private(set) var transcripts: [Transcript]

    /// Describes a failure by what was expected, and shows `transcripts`.
    init(_ problem: String, transcripts: [Transcript] = []) {
        self.problem = problem
        self.transcripts = transcripts
    }

    /// Describes any error as a failure of a test in which `transcript` was written.
    ///
    /// A program may have said why only after the test noticed: its newest transcript replaces an
    /// older one. Those of the other programs of the same test stay.
    init(_ error: any Error, showing transcript: Transcript) {
        let failure = error as? ProgramFailure ?? ProgramFailure("\(error)")
        problem = failure.problem
        transcripts = failure.transcripts.filter { $0.process != transcript.process } + [transcript]
    }

    var description: String {
        ([problem] + transcripts.map(\.text)).joined(separator: "\n")
    }
}
