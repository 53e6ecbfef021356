extension FaultTable {
    static let selectServer = FaultTable(
        "select-server", "Faulty/select_server",
        """
        ok-line: reply.bytes
        ok-nul: reply.bytes
        lower-case: form
        echoes: form
        echoes-after: form
        first-only: reply.all reply.only many.own garbage
        closes-after-one: reply.all reply.only many.own garbage
        ends-after-one: leave.end leave.reset garbage leaks
        to-all: reply.only
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        silent: reply.only many.silent many.own leave.end leave.reset garbage leaks
        wrong-peer: reply.only many.silent many.own leave.reset garbage crowd idle
        dies-at-end: leave.end garbage leaks
        dies-at-reset: leave.reset
        no-half-close: half.close
        select-only: crowd
        no-reuse: restart
        leaks: leaks
        sends-b: form
        """)

    static let selectClient = FaultTable(
        "select-client", "Faulty/select_client",
        """
        sends-twice: form
        sends-nul: form
        sixteen: form
        first-word: form
        needs-end: reply.ok end
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        never-ends: end
        sends-b: form
        """)
}
