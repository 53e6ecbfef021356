import Console

let program = Program("tictactoe-server", "Is not written yet.")

program.run {}
