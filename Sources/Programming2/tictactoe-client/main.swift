import Console

let program = Program("tictactoe-client", "Is not written yet.")

program.run {}
