extension FaultTable {
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
