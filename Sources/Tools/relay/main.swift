// Stands between a client and a server, shows their messages, and can delay, cut or lose them as
// networks do.
//
// For any exercise of this package, and for programs in any language. In three terminals:
//
//     swift run guess-server 127.0.0.1 10000
//     swift run relay guess 10001 localhost:10000
//     swift run guess-client 127.0.0.1 10001

import Console
import Conversations
import Protocol
import Sockets

let program = Program(
    "relay", "Stands between a client and a server, and shows their messages.", role: .server)
let exerciseName = program.operand(
    "<exercise>", "the exercise of the two programs: --list shows all", example: "guess")
let route = program.operands(
    "[<address>] <port> <host>:<port>",
    "the port for clients (on 127.0.0.1 unless an address is given), and the server's place",
    example: "10001 localhost:10000")
let list = program.flag("list", "shows the exercises that can be decoded, and ends")
let options = RelayOptions(of: program)

program.run {
    if list.value { return print(Exercise.list, terminator: "") }
    let settings = try options.settings(for: exerciseName.value)
    let (listening, server) = try Route.parse(route.value)
    let views = Views(
        text: options.text, records: try options.records(), page: try options.page(for: settings))
    let target = try SocketAddress.resolve(server)
    switch settings.exercise.transport {
    case .tcp:
        let relay = try StreamRelay(
            on: .first(of: listening), to: target, settings: settings, views: views)
        diagnose("listening on \(relay.address)")
        try relay.run()
    case .udp:
        let relay = try DatagramRelay(
            on: .first(of: listening), to: target[0], settings: settings, views: views)
        diagnose("listening on \(relay.address)")
        try relay.run()
    }
    try views.finish()
}
