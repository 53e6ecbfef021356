extension FaultTable {
    static let arguments = FaultTable(
        "arguments", "Faulty/arguments",
        """
        leaves-child: behind
        counts-itself: count none blank
        shows-itself: list none blank empty
        misses-first: list blank empty
        misses-last: list blank empty
        one-line: list blank empty
        splits-blanks: blank
        drops-empty: empty
        no-heading: heading
        no-count: count none blank
        dies-without: none
        """)
}
