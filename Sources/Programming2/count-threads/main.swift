import Console

let program = Program("count-threads", "Is not written yet.")

program.run {}
