import Console

let program = Program("threaded-server", "Is not written yet.")

program.run {}
