import Console

let program = Program("hello-client", "Is not written yet.")

program.run {}
