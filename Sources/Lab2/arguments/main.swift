import Console

let program = Program("arguments", "Is not written yet.")

program.run {}
