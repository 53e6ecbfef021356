import Foundation
import Testing

/// Runs a guess-server on a port of 127.0.0.1 that the system chooses.
@discardableResult
func withGuessServer<Value>(
    _ options: [String] = [], descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    try withProgram(
        "guess-server", ["127.0.0.1", "0"] + options, descriptorLimit: descriptorLimit,
        sourceLocation: sourceLocation
    ) { try body($0, try $0.listeningPort()) }
}

extension RawClient {
    /// Asks a question of the guessing game, in the sheet's eight bytes, and returns the answer's
    /// character.
    func ask(_ comparison: String, _ number: Int32) throws -> String {
        try send(guessQuestion(comparison, number))
        let answer = try receive(exactly: 8)
        #expect(answer.dropFirst() == [0, 0, 0, 0, 0, 0, 0])
        return String(decoding: answer.prefix(1), as: UTF8.self)
    }

    /// Asks a question of the guessing game and checks the answer.
    func expect(_ answer: String, to comparison: String, _ number: Int32) throws {
        let received = try ask(comparison, number)
        #expect(received == answer)
    }
}

/// The sheet's eight bytes: the character, three of padding, and the number.
func guessQuestion(_ comparison: String, _ number: Int32) -> [UInt8] {
    Array(comparison.utf8) + [0, 0, 0] + withUnsafeBytes(of: number) { Array($0) }
}
