import Console

let program = Program("quiz-server", "Is not written yet.")

program.run {}
