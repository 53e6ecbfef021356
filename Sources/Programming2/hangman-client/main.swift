import Console

let program = Program("hangman-client", "Is not written yet.")

program.run {}
