extension FaultTable {
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
