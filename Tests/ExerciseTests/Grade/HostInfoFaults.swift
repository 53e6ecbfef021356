extension FaultTable {
    static let hostInfo = FaultTable(
        "host-info", "Faulty/host_info",
        """
        leaves-child: behind
        empty-name: name
        misses-an-address: address
        name-for-address: address
        address-for-name: host
        no-service: info
        no-port: info
        unknown-is-0: unknown
        """)
}
