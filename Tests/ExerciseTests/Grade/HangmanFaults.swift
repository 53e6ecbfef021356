extension FaultTable {
    static let hangmanServer = FaultTable(
        "hangman-server", "Faulty/hangman_server", options: ["--format", "page"],
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        split: frame.split frame.bytes
        dies-at-end: positions end.won next leave.mid garbage
        dies-at-reset: leave.reset
        no-half-close: half.close
        no-reuse: restart
        first-letter-alone: answers positions frame.split frame.bytes page.game
        blanks-for-commas: page.game
        always-a-miss: positions
        misses-behind: page.game
        again-untold: page.game
        error-kills: garbage page.game
        no-length: form
        word-untold: page.end
        won-untold: end.won
        lost-untold: end.lost page.end
        closes-at-end: page.end
        letter-for-places: positions page.game
        """)

    static let hangmanClient = FaultTable(
        "hangman-client", "Faulty/hangman_client",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        ignores-end: server.ends
        never-ends: over
        sends-b: form
        start-twice: form
        always-e: letters end over
        sends-twice: letter letters end over
        one-letter: letters end over
        end-unnoticed: end over
        """)
}
