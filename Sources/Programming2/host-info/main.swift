import Console

let program = Program("host-info", "Is not written yet.")

program.run {}
