import Console

let program = Program("strftime-server", "Is not written yet.")

program.run {}
