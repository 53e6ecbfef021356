import Foundation
import Testing

/// Naive programs that do what the sheet says get every point of the sheet.
///
/// An ordinary run judges a few of them; with `SOCKET_LABS_GRADE=all`, all.
struct GradePeersTests {
    /// A program in Tests/Peers.
    struct Peer: Sendable, CustomTestStringConvertible {
        let subject: String
        let file: String
        var testDescription: String { file }
    }

    /// The files whose names are not the subject's.
    private static let others = [
        "arithmetic_greeting_server": "arithmetic-server",
        "arithmetic_waiting_client": "arithmetic-client",
        "chat_sample_server": "chat-server", "hello_loop_server": "hello-server",
    ]

    /// The arguments of those that take others than the sheet's form, or more than their place.
    private static let arguments = [
        "select_client": ["{host}", "{port}", "Hello, server!"],
        "chat_client": ["{host}", "{port}", "{name}"],
        "message_server": ["{host}", "{port}"],
        "talk_server": ["{host}", "{port}"],
        "file_server": ["{host}", "{port}"],
        "strftime_client": ["{host}", "{port}", "{text}"],
        "sum_client": ["{host}", "{port}", "Alice", "42"],
        "hangman_server": ["{host}", "{port}", "network"],
        "quiz_client": ["{host}", "{port}", "{name}", "{text}"],
        "hangman_client": ["{host}", "{port}", "{text}"],
        "tictactoe_client": ["{host}", "{port}", "{name}", "{text}"],
        "datetime_client": ["{host}", "{port}", "8"],
        "arithmetic_client": ["{host}", "{port}", "{name}"],
        "arithmetic_waiting_client": ["{host}", "{port}", "{name}"],
    ]

    /// The cases that a file loses since it leaves out a sentence of the sheet on purpose.
    private static let losses = [
        // They leave out the seconds before each request.
        "calculator_client": ["waits.two"],
        "guess_client": ["waits"],
        "datetime_client": ["waits"],
        // They were made for a greeting, and check and say nothing else.
        "arithmetic_waiting_client": ["form.wrong", "warning"],
        "arithmetic_greeting_server": ["q.prints"],
        // It answers its client again and again, where the sheet closes the connection.
        "hello_loop_server": ["closes"],
        // Its number is an argument, where the sheet has it typed.
        "sum_client": ["border.1", "border.100"],
    ]

    private static let peers: [Peer] = {
        let own = GradeListLine.subjects.map {
            Peer(subject: $0, file: $0.replacingOccurrences(of: "-", with: "_"))
        }
        let more = others.sorted { $0.key < $1.key }.map { Peer(subject: $0.value, file: $0.key) }
        return (own + more).filter { peer in
            GradeListLine.subjects.contains(peer.subject) && PythonPeer.exists(peer.file)
        }
    }()

    private static let chosen = peers.enumerated()
        .filter { GradeRun.judgesAll || $0.offset % 12 == 6 }.map(\.element)

    @Test(.requiresPython, arguments: chosen)
    func aNaivePeerGetsEveryPointOfTheSheet(peer: Peer) throws {
        let run = try GradeRun(
            peer.subject, judging: PythonPeer.command(peer.file, Self.arguments[peer.file] ?? []))
        let lost = run.report.cases.filter { $0.kind == "sheet" && $0.points < $0.of }
        let kept = Self.losses[peer.file] ?? []
        #expect(lost.filter { !kept.contains($0.id) }.map { run.report.story(of: $0.id) } == [])
        #expect(kept.filter { !run.report.lost.contains($0) } == [])
    }
}
