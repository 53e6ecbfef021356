extension FaultTable {
    static let httpGet = FaultTable(
        "http-get", "Faulty/http_get",
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
        no-host: host
        host-of-another: host
        path-ignored: request
        line-feeds-alone: request
        no-empty-line: request
        shows-nothing: form
        first-recv-alone: chunked long reply.pieces
        waits-for-close: counted.open
        length-short-by-1: counted long reply.pieces
        chunks-as-they-are: chunked
        decimal-chunks: chunked
        first-chunk-alone: chunked
        keeps-chunk-ends: chunked
        silent-404: missing
        """)
}
