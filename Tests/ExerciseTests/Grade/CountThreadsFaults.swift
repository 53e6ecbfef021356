extension FaultTable {
    static let countThreads = FaultTable(
        "count-threads", "Faulty/count_threads",
        """
        leaves-child: behind
        one-thread: second
        one-after-another: at-once
        until-9: numbers second
        until-11: numbers second
        from-1: numbers second
        same-name: numbers second
        number-alone: names numbers second
        shared-count: numbers second
        torn-lines: names numbers second
        never-ends: end
        """)
}
