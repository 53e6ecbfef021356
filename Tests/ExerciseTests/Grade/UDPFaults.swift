extension FaultTable {
    static let udpServer = FaultTable(
        "udp-server", "Faulty/udp_server",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        wrong-peer: next empty garbage many.own
        first-only: next empty garbage many.own
        short: form
        dies-at-empty: empty
        sends-b: form
        no-upper: form
        lower: form
        latin: utf8
        cut-at-16: upper
        first-word-alone: form
        ends-after-one: next garbage many.own
        one-behind: form
        """)

    static let udpClient = FaultTable(
        "udp-client", "Faulty/udp_client",
        """
        leaves-child: behind
        wrong-address: connect
        strangers-reply: stranger server.missing
        shows-its-own: shows.reply
        shows-the-sent: shows.reply
        shows-nothing: shows.reply
        sends-upper: form
        sends-b: form
        sends-words: form
        cut-at-16: form
        shows-16: shows.reply
        one-behind: shows.reply server.missing
        zero-when-missing: server.missing
        hangs-when-missing: server.missing
        never-ends: end
        """)
}
