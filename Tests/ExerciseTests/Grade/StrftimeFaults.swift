extension FaultTable {
    static let strftimeServer = FaultTable(
        "strftime-server", "Faulty/strftime_server",
        """
        one-format: form
        first-format: loop frame.split frame.glue
        hour-off: time loop
        sixteen: words
        closes-after-one: loop frame.split frame.glue
        no-close: end leaks
        sends-b: form
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        glue: frame.glue
        dies-at-end: next leave.end leave.reset leave.mid garbage leaks
        dies-at-reset: leave.reset leave.mid
        no-half-close: half.close
        no-reuse: restart
        leaks: leaks
        half-lost: frame.split frame.bytes
        """)

    static let strftimeClient = FaultTable(
        "strftime-client", "Faulty/strftime_client",
        """
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        silent-when-missing: server.missing
        hangs-when-missing: server.missing
        pieces: reply.pieces
        ignores-end: server.ends
        spins-at-end: server.ends
        never-ends: end
        never-closes: end
        sends-b: form
        first-format-alone: loop
        all-at-once: loop
        all-in-one: loop
        its-own-clock: shows.reply reply.pieces
        shows-format: shows.reply reply.pieces
        shows-nothing: shows.reply reply.pieces
        shows-first-reply: loop
        sends-twice: form
        no-last-reply: shows.reply reply.pieces
        reconnects: loop
        """)
}
