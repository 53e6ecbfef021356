import Console

let program = Program("udp-client", "Is not written yet.")

program.run {}
