import Foundation

/// An expectation of a test that was not met, with the output of all its programs.
struct ProgramFailure: Error, CustomStringConvertible {
    /// The output of one program when the failure was described.
    struct Transcript {
        let process: pid_t
        let text: String
    }

    let problem: String
    private(set) var transcripts: [Transcript]

    /// Describes a failed expectation, and shows `transcripts`.
    init(_ problem: String, transcripts: [Transcript] = []) {
        self.problem = problem
        self.transcripts = transcripts
    }

    /// Describes any error as a failure of a test in which `transcript` was written.
    ///
    /// A program may have told the reason only after the test noticed the failure: so its newest
    /// transcript replaces an older one. The transcripts of the test's other programs stay.
    init(_ error: any Error, showing transcript: Transcript) {
        let failure = error as? ProgramFailure ?? ProgramFailure("\(error)")
        problem = failure.problem
        transcripts = failure.transcripts.filter { $0.process != transcript.process } + [transcript]
    }

    var description: String {
        ([problem] + transcripts.map(\.text)).joined(separator: "\n")
    }
}
