import Console

let program = Program("chatroom-client", "Is not written yet.")

program.run {}
