import Console

let program = Program("strftime-client", "Is not written yet.")

program.run {}
