import Foundation
import Messaging
import Protocol

/// Halves the range with each question, until only the number is left.
func play(on host: String, _ port: Int) throws {
    let server = try MessageStream(
        GuessClientFraming(layout: GuessLayout()), to: (host, port))
    defer { server.close() }
    let closed = ProtocolError("the server closed the connection before the game ended")
    var range = 1...100
    while true {
        // The sheet's wait. What comes unasked can only be the end of the game.
        switch try server.nextEvent(within: .seconds(Double.random(in: 1...5))) {
        case .nothing: break
        case .message(let answer): return print(answer)
        case .end: throw closed
        }
        let middle = (range.lowerBound + range.upperBound) / 2
        let question = GuessQuestion(range.count == 1 ? .equal : .greater, middle)
        try server.send(question)
        guard let answer = try server.receive() else { throw closed }
        print("\(question): \(answer)")
        switch answer {
        case .yes where range.count > 1: range = middle + 1...range.upperBound
        case .no where range.count > 1: range = range.lowerBound...middle
        case .won, .out, .ended: return
        default: throw ProtocolError("\(answer) is no answer to \(question)")
        }
    }
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let port = Int(arguments[2]) else {
    print("usage: my-guess-client <host> <port>")
    exit(64)
}
do {
    try play(on: arguments[1], port)
} catch {
    print("my-guess-client: \(error)")
    exit(1)
}
