import Foundation
import Testing

/// The quiz's client with servers that break the rules.
struct QuizClientEndingTests {
    @Test(
        arguments: [
            (HostileServer.closesAtOnce, "the server closed the connection without a reply"),
            (
                .closesInMidMessage(Array("error: not\u{1B} today".utf8)),
                "error: not\\u{1B} today"
            ),
            (
                .wrongProtocol,
                "the server replied 'HTTP/1.1 400 Bad Request' instead of 'question ...'"
            ),
            (
                .stallsInMidMessage(Array("quest".utf8)),
                "only 5 bytes of a message came, and nothing more for 0.2 s"
                    + "; with a --pause above 0 that is a message"
            ),
            (
                .silent,
                "no reply within 0.2 s; a server written without line ends may need --bare"
            ),
            (
                HostileServer("talks without end") { connection in
                    let noise = [UInt8](repeating: 0x78, count: 100_000)
                    while let sent = connection.sendWithoutWaiting(noise[...]) {
                        if sent == 0 { try connection.wait(for: Int32(POLLOUT), "send") }
                    }
                },
                "message longer than 4096 bytes; send shorter ones, each with a newline at its end"
            ),
        ])
    func itTellsWhatTheServerDidWrong(server: HostileServer, problem: String) throws {
        let result = try server.result(of: "quiz-client") {
            ["127.0.0.1", "\($0)", "anna", "2", "--pause", "0", "--timeout", "0.2"]
        }
        let line = "quiz-client: \(problem)\n"
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: line), "\(server.name)")
    }

    @Test func aServerThatClosesInMidGameIsAnError() throws {
        let part = "question 1/2 Q1?\na) A\nb) B\nc) C\nd) D\nwro"
        let result = try HostileServer.closesInMidMessage(Array(part.utf8), after: 12)
            .result(of: "quiz-client", input: "a\nb\n") {
                ["127.0.0.1", "\($0)", "anna", "2", "--pause", "0"]
            }
        #expect(result.exit == 1 && result.stdout == part + "\n")
        #expect(result.stderr == "quiz-client: the server closed the connection\n")
    }

    @Test(arguments: [
        HostileServer.resetsAtOnce,
        .resetsInMidMessage(Array("quest".utf8), after: 12),
    ])
    func itTellsOfAReset(server: HostileServer) throws {
        let result = try server.result(of: "quiz-client") {
            ["127.0.0.1", "\($0)", "anna", "2", "--pause", "0"]
        }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "quiz-client")
    }

    @Test func itTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "quiz-client") {
            port = $0
            return ["127.0.0.1", "\($0)", "anna", "2"]
        }
        #expect(result == ProgramResult.refused("quiz-client", port: port))
    }
}
