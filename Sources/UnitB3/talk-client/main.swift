import Console

let program = Program("talk-client", "Is not written yet.")

program.run {}
