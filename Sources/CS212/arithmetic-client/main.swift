import Console

let program = Program("arithmetic-client", "Is not written yet.")

program.run {}
