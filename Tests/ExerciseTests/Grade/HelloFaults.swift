extension FaultTable {
    static let helloServer = FaultTable(
        "hello-server", "Faulty/hello_server",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        other-address: start.listen
        in-use-zero: port.taken
        in-use-hangs: port.taken
        ignores-ctrl-c: stop
        spin: idle
        reads-keyboard: start.listen
        forks-away: behind
        twice: form
        dies-at-end: leave.end
        dies-at-reset: leave.reset
        no-half-close: half.close
        no-reuse: restart
        leaks: leaks
        sends-b: form
        lower-case: form
        no-exclamation-mark: form
        sends-back: form
        greets-first: waits
        closes-first: form
        loops: closes
        cut-at-4: form
        second-unanswered: leave.end leave.reset leaks
        """)

    static let helloClient = FaultTable(
        "hello-client", "Faulty/hello_client",
        """
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        silent-when-missing: server.missing
        hangs-when-missing: server.missing
        ignores-end: server.ends
        spins-at-end: server.ends
        never-ends: end
        never-closes: end
        reads-keyboard: connect server.missing
        sends-b: form
        lower-case: form
        adds-mark: form
        sends-twice: form
        sends-nothing: form
        hears-first: form
        no-reply-read: waits
        """)
}
