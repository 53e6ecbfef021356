extension FaultTable {
    static let sumClient = FaultTable(
        "sum-client", "Faulty/sum_client",
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
        number-alone: form
        name-alone: form
        no-separator: shows.names shows.sum reply.pieces
        exchanged: shows.names shows.sum reply.pieces
        sends-b: shows.names shows.sum reply.pieces
        sends-nothing: form
        nothing-at-1: border.1
        nothing-at-100: border.100
        sends-another: form
        own-twice: shows.sum reply.pieces
        no-own-name: shows.names
        no-servers-name: shows.names
        no-own-number: shows.sum reply.pieces
        no-servers-number: shows.sum reply.pieces
        no-sum: shows.sum reply.pieces
        sum-off-by-1: shows.sum reply.pieces
        sum-as-text: shows.sum reply.pieces
        """)
}
