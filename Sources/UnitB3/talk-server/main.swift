import Console

let program = Program("talk-server", "Is not written yet.")

program.run {}
