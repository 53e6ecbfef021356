extension FaultTable {
    static let talkServer = FaultTable(
        "talk-server", "Faulty/talk_server",
        """
        keyboard-first: prints turns exit.closes
        no-exit: exit.closes
        lower-exit: exit.other
        exit-ends-server: exit.next
        exit-waits: exit.closes
        ends-after-one: exit.next garbage leave.end leave.reset
        closes-after-one: loop exit.closes exit.other frame.glue
        prints-nothing: prints loop exit.closes frame.split frame.glue
        echoes: form
        sends-own-name: form
        sends-first-word: form
        no-diagnostic: reset.told
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        split: frame.split
        glue: frame.glue
        dies-at-end: garbage leave.end leave.reset
        dies-at-reset: leave.reset
        no-half-close: half.close
        no-reuse: restart
        sends-b: form
        """)

    static let talkClient = FaultTable(
        "talk-client", "Faulty/talk_client",
        """
        server-first: form
        no-turns: turns
        no-exit: exit.ends
        lower-exit: exit.other
        exit-waits: exit.ends
        ends-after-one: turns loop exit.other
        prints-nothing: prints loop exit.ends reply.pieces end
        prints-at-end: prints loop exit.ends reply.pieces end
        sends-own-name: form
        sends-first-word: form
        sends-twice: form
        reset-silent: reset.told
        reset-hangs: reset.told
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        pieces: reply.pieces
        ignores-end: server.closes reset.told
        never-ends: exit.ends server.closes end
        sends-b: form
        """)
}
