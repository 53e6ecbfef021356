extension FaultTable {
    static let echoServer = FaultTable(
        "echo-server", "Faulty/echo_server",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        forks-away: behind
        twice: form
        garbage-kills: garbage
        dies-at-end: leave.end
        dies-at-reset: leave.reset leave.mid
        no-half-close: half.close
        no-reuse: restart
        leaks: leaks
        half-lost: form
        sends-b: form
        no-upper: form
        first-letter-alone: form
        cut-at-30: upper
        first-word-alone: form
        ascii-alone: utf8
        two-recvs: frame.bytes
        no-running-line: shows.running
        no-connected-line: shows.connected
        no-data-line: shows.data
        shows-upper: shows.data
        shows-b: shows.data
        ends-after-one: next frame.split leave.end leave.reset leave.mid garbage leaks
        stays-open: closes
        closes-first: form
        """)

    static let echoClient = FaultTable(
        "echo-client", "Faulty/echo_client",
        """
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        hangs-when-missing: server.missing
        pieces: reply.pieces
        ignores-end: server.ends
        spins-at-end: server.ends
        never-ends: end
        never-closes: end
        no-prompt: prompt
        no-received-line: shows.words
        shows-its-own: shows.reply reply.pieces
        shows-the-sent: shows.reply reply.pieces
        shows-b: shows.words
        shows-16: shows.reply reply.pieces
        sends-upper: form
        sends-b: form
        sends-nothing: form
        sends-twice: form
        first-word-alone: form
        cut-at-16: form
        adds-blank: form
        """)
}
