extension FaultTable {
    static let sumServer = FaultTable(
        "sum-server", "Faulty/sum_server",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        forks-away: behind
        garbage-kills: leave.mid
        dies-at-end: leave.end garbage
        dies-at-reset: leave.reset leave.mid
        no-half-close: half.close
        no-reuse: restart
        leaks: leaks
        half-lost: form
        sends-b: shows.names
        two-recvs: frame.bytes
        own-is-clients: own
        own-name-is-clients: own
        number-alone: form
        name-alone: form
        sends-sum: shows.sum
        sum-off-by-1: shows.sum
        no-sum-line: shows.sum
        no-names: shows.names
        never-ends: ends.101 ends.0 ends.below
        ends-at-1: borders
        ends-at-100: borders
        goes-on-at-0: ends.0
        goes-on-at-101: ends.101
        goes-on-below-0: ends.below
        ends-after-one: next frame.split leave.end leave.reset leave.mid garbage leaks
        """)

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
