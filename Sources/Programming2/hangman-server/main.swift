import Console

let program = Program("hangman-server", "Is not written yet.")

program.run {}
let w = PackageResources.words_txt
print(w.count)
