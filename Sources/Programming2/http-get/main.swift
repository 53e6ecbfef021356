import Console

let program = Program("http-get", "Is not written yet.")

program.run {}
