import Console

let program = Program("arithmetic-server", "Is not written yet.")

program.run {}
