import Console

let program = Program("message-server", "Is not written yet.")

program.run {}
