import Console

let program = Program("udp-server", "Is not written yet.")

program.run {}
