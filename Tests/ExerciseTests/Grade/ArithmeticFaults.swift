extension FaultTable {
    static let arithmeticServer = FaultTable(
        "arithmetic-server", "Faulty/arithmetic_server",
        """
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        split: frame.split frame.bytes
        glue: frame.glue
        no-half-close: half.close
        no-reuse: restart
        minus-and-slash: minus divided requests prints
        minus-reversed: minus requests prints
        slash-reversed: divided requests
        no-negative: divided
        whole-numbers: times divided requests
        last-digit-lost: form
        times-is-plus: times requests zero
        one-request: requests prints q.prints zero frame.split frame.glue
        q-ignored: q.prints q.ends
        q-silent: q.prints
        q-unclosed: q.ends
        shows-nothing: prints
        shows-result: prints
        zero-kills: zero
        zero-closes: zero
        shared-result: requests prints zero frame.split frame.glue
        """)

    static let arithmeticClient = FaultTable(
        "arithmetic-client", "Faulty/arithmetic_client",
        """
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        pieces: reply.pieces
        ignores-end: server.ends
        never-ends: q.ends keyboard
        no-name: form
        name-each-time: form
        sends-b: form
        no-warning: warning
        sends-wrong-form: form.wrong warning
        wrong-form-ends: form.wrong warning
        no-minus: numbers
        no-point: numbers
        no-slash: numbers
        no-blanks: form
        own-result: prints.received warning reply.pieces
        shows-nothing: prints reply.pieces
        shows-request: prints reply.pieces
        one-request: requests numbers form.wrong q.sent
        one-behind: prints reply.pieces
        q-unsent: q.sent
        q-unheard: q.ends
        upper-q: q.sent
        end-is-nothing: keyboard
        reconnects: requests numbers form.wrong q.sent
        """)
}
