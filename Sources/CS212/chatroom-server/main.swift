import Console

let program = Program("chatroom-server", "Is not written yet.")

program.run {}
