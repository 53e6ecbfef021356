extension FaultTable {
    static let quizServer = FaultTable(
        "quiz-server", "Faulty/quiz_server", options: ["--format", "page"],
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        split: frame.split frame.bytes
        silent: many.own page.rank
        dies-at-end: points next leave.mid garbage page.goes.on page.login
        dies-at-reset: leave.reset
        no-half-close: half.close
        no-reuse: restart
        points-free: report points
        wrong-counts: report points
        points-shared: points many.own page.rank
        always-wrong: report
        error-kills: garbage page.game
        n-ignored: form
        one-less: count.two report page.game
        count-stands: page.game
        rank-reversed: page.rank
        forgets-at-leaving: page.goes.on
        open-names: page.login
        """)

    static let quizClient = FaultTable(
        "quiz-client", "Faulty/quiz_client",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        pieces: reply.pieces
        ignores-end: server.ends
        never-ends: over
        sends-b: form
        name-unsent: form
        number-unsent: form
        always-three: form
        entry-twice: form
        shows-nothing: shown
        always-a: answers report reply.pieces over
        sends-twice: answer answers report over
        ends-at-first: answers report reply.pieces over
        end-unnoticed: report over
        """)
}
