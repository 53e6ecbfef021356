// Asks for the time in one format after another, and prints each reply before the next question.
//
// Programming 2, Processing Client Requests. In two terminals:
//
//     swift run strftime-server localhost 5050
//     swift run strftime-client localhost 5050 '%A, %d %B %Y' '%H:%M'

import Console
import Messaging
import Protocol

let program = Program("strftime-client", "Asks for the time in formats such as %H:%M:%S.")
let endpoint = program.serverEndpoint(host: "localhost", port: 5_050)
let formats = program.operands(
    "<format>...", "the formats to ask for (default: the lines of input)", example: "'%H:%M:%S'")
let timeout = program.timeout()
let pause = program.pause()
let bare = program.bare()
let trace = program.trace()

program.run {
    let given = formats.value
    lazy var keyboard = Keyboard()
    func format(_ index: Int) throws -> String? {
        if given.isEmpty { return try keyboard.askOnTerminal("Format: ") }
        return index < given.count ? given[index] : nil
    }

    let server = try MessageStream(
        LineFraming(
            limit: StrftimeReply.limit, ending: bare.value ? .bare : .newline, pause: .always),
        to: endpoint.value, timeout: timeout.value, pause: pause.value, trace: trace.value)
    var index = 0
    while let format = try format(index) {
        index += 1
        // An empty message without its line end has no bytes, so no reply would come.
        if bare.value && format.isEmpty { continue }
        try LineFraming.checkLength(of: format)
        try server.send(format)
        guard let reply = try server.receive() else {
            throw ProtocolError("the server closed the connection without a reply")
        }
        print(reply.text.escaped)
    }
    server.close()
}
