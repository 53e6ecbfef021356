// Shows its arguments.
//
// Redes de Computadores, Lab 2, cmd_line.py. In a terminal:
//
//     swift run arguments one two

import Console

let program = Program("arguments", "Shows its arguments.")
let arguments = program.verbatimArguments()

program.run {
    print("Testing ...")
    print("Number of arguments: \(arguments.value.count)")
    print("Argument list:")
    for argument in arguments.value {
        write(argument + Array("\n".utf8))
    }
}
