extension FaultTable {
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
