// Sends messages one at a time, each after the answer to the last, and prints the answers.
//
// Telecommunications Network, Practice 4, Exercise I. In two terminals:
//
//     swift run select-server localhost 10000
//     swift run select-client localhost 10000 hello world

import Console
import Protocol
import Sockets

let program = Program("select-client", "Sends messages and prints the answers.")
let endpoint = program.serverEndpoint(host: "localhost", port: 10_000)
let messages = program.operands(
    "<message>...", "the messages to send (default: the lines of input)", example: "hello world")
let timeout = program.timeout()
let trace = program.trace()

/// The bytes of a message. The server might take a longer one for two, for TCP keeps no borders
/// between messages.
func bytes(of message: String) throws -> [UInt8] {
    guard message.utf8.count <= 1_024 else {
        throw UsageError("a message of \(message.utf8.count) bytes; the most is 1024")
    }
    return Array(message.utf8)
}

program.run {
    let given = try messages.value.map(bytes)
    lazy var keyboard = Keyboard()
    func nextMessage(_ index: Int) throws -> [UInt8]? {
        if !given.isEmpty { return index < given.count ? given[index] : nil }
        return try keyboard.askOnTerminal("Message: ").map(bytes)
    }

    let socket = try Socket.connection(
        to: endpoint.value, timeout: timeout.value, speaksFirst: true)
    var index = 0
    while let message = try nextMessage(index) {
        index += 1
        if message.isEmpty { continue }
        trace.value?("to the server: \(shown(message))")
        try socket.sendAll(message)
        let reply = try socket.receive(exactly: 2)
        trace.value?("from the server: \(shown(reply))")
        guard reply == Array("OK".utf8) else {
            let text = String(decoding: reply, as: UTF8.self).escaped
            throw ProtocolError("the server answered '\(text)' instead of OK")
        }
        print("OK")
    }
    socket.closeGracefully()
}
