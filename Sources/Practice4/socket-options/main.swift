// Sets options of a TCP socket, and shows the values that the kernel keeps for all options.
//
// Telecommunications Network, Practice 4, "Socket configuration". In a terminal:
//
//     swift run socket-options
//     swift run socket-options SO_REUSEADDR 1 IP_TTL 5 SO_LINGER 1,3

import Console
import Sockets

let program = Program("socket-options", "Shows a TCP socket's options, and sets some of them.")
let given = program.operands(
    "<name> <value>...", "an option to be set: a number, or a structure's fields: 1,3",
    example: "SO_REUSEADDR 1 SO_LINGER 1,3")

program.run {
    let changes = try OptionChange.all(given.value)
    let socket = try Socket(.ipv4, .stream)

    for change in changes {
        do throws(SocketError) {
            switch change.value {
            case .number(let number): try socket.setOption(change.option.id, to: number)
            case .structure(let bytes): try socket.setOption(change.option.id, toBytes: bytes)
            }
        } catch {
            throw Exit(code: 1, "cannot set \(change): \(error.reason)")
        }
    }

    for option in NamedOption.all {
        let bytes = try socket.optionBytes(option.id, count: option.layout.size)
        print(option.row(showing: bytes))
    }
}
