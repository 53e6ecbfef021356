import Console

let program = Program("quiz-client", "Is not written yet.")

program.run {}
