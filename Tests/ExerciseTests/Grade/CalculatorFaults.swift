extension FaultTable {
    static let calculatorServer = FaultTable(
        "calculator-server", "Faulty/calculator_server",
        """
        one-byte: op.plus op.minus op.times signs borders
        result-wraps: borders
        result-in-float: borders
        numbers-exchanged: op.minus op.divided signs borders requests.five frame.split frame.glue many.mid many.own leave.reset garbage crowd idle restart
        divided-for-times: form
        distance: signs
        no-minus: signs borders
        off-by-one: form
        zero-kills: zero
        zero-closes-all: zero
        closes-after-one: op.plus op.minus op.times op.divided signs borders requests.five reply.only frame.split frame.glue many.own garbage
        ends-after-one: leave.end leave.reset leave.mid garbage leaks
        adds-up: op.plus op.minus op.times op.divided signs borders requests.five reply.only frame.split frame.glue many.own garbage
        last-reply: form
        hex: form
        to-all: reply.only many.mid many.own leave.reset unread
        first-digit: op.plus op.minus op.times signs borders
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: leave.mid garbage
        split: frame.split frame.bytes many.mid
        glue: frame.glue
        silent: reply.only zero many.silent many.mid many.own leave.end leave.reset leave.mid garbage unread leaks
        mid: many.mid
        wrong-peer: reply.only zero many.silent many.mid many.own leave.reset unread crowd idle
        dies-at-end: leave.end leaks
        dies-at-reset: leave.reset leave.mid
        dies-in-mid: leave.mid garbage
        no-half-close: half.close
        blocks-on-send: unread
        select-only: crowd
        no-reuse: restart
        leaks: leaks
        sends-b: form
        """)

    static let calculatorClient = FaultTable(
        "calculator-client", "Faulty/calculator_client",
        """
        one-request: form
        four-requests: requests.five waits.two reply.last
        six-requests: requests.five
        no-wait: waits.two
        one-second: waits.two
        waits-once: waits.two
        all-at-once: waits.reply waits.two
        next-before-reply: waits.reply
        no-last-reply: reply.last
        no-replies: waits.reply reply.last
        reconnects: form
        order-changes: form
        length-changes: form
        number-in-pieces: reply.pieces
        repeats: waits.reply reply.last
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        ignores-end: server.ends
        never-ends: end
        """)
}
