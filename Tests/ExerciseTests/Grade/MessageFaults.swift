extension FaultTable {
    static let messageServer = FaultTable(
        "message-server", "Faulty/message_server",
        """
        first-1024: long
        first-line: lines
        no-address: address
        host-only: address
        own-address: address
        prints-b: utf8 frame.split
        prints-at-end: form
        prints-twice: once
        latin: utf8 frame.split
        ascii-kills: utf8 frame.split garbage
        no-blanks: form
        holds: next once leave.end garbage leaks
        ends-after-one: next once leave.end leave.reset garbage leaks
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        split: frame.split
        dies-at-end: leave.end
        dies-at-reset: leave.reset
        no-reuse: restart
        leaks: leaks
        splits-characters: frame.split
        """)

    static let messageClient = FaultTable(
        "message-client", "Faulty/message_client",
        """
        sixteen: form
        first-word: form
        twice: form
        nul: form
        quotes: form
        name: form
        latin: utf8
        empty: form
        file-name: form
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        never-ends: closes
        sends-b: form
        """)
}
