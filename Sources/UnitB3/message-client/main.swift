import Console

let program = Program("message-client", "Is not written yet.")

program.run {}
