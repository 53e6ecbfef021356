extension FaultTable {
    static let fileServer = FaultTable(
        "file-server", "Faulty/file_server",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        forks-away: behind
        dies-at-end: leave.end
        dies-at-reset: leave.reset leave.mid
        no-half-close: half.close
        no-reuse: restart
        leaks: leaks
        half-lost: form
        last-block-lost: form
        last-block-padded: form
        one-byte-lost: size.1 size.1025
        nearly-full-padded: size.1023
        full-block-lost: size.1024
        one-block: size.1025 size.big
        line-ends-alone: binary
        block-twice: form
        adds-line-end: form
        empty-hangs: size.0
        stays-open: form
        whole-blocks-hang: size.1024
        send-once: size.big
        missing-kills: missing outside leave.mid
        folder-kills: missing
        outside: outside
        absolute: outside
        blank-cuts: name
        ends-after-one: next frame.split leave.end leave.reset leave.mid leaks
        second-gets-first: next frame.split leave.end leave.reset leave.mid leaks
        """)

    static let fileClient = FaultTable(
        "file-client", "Faulty/file_client",
        """
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        silent-when-missing: server.missing
        hangs-when-missing: server.missing
        ignores-end: size.0 server.ends
        spins-at-end: size.0 server.ends
        never-ends: end server.ends
        never-closes: end server.ends
        reads-keyboard: connect server.missing
        sends-b: form
        asks-for-local: form
        keeps-server-name: form
        name-cut-at-blank: name
        sends-nothing: form
        first-recv-alone: size.big broken reply.pieces
        first-block-alone: size.1025 size.big broken
        last-block-lost: form
        one-byte-lost: size.1 size.1025
        nearly-full-padded: size.1023
        full-block-lost: size.1024
        padded: form
        windows-lines: form
        line-ends-alone: binary
        adds-line-end: form
        appends: old
        overwrites: old
        no-empty-file: size.0
        reset-is-end: broken
        shows-file: form
        """)
}
