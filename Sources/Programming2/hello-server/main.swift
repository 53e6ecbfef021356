import Console

let program = Program("hello-server", "Is not written yet.")

program.run {}
