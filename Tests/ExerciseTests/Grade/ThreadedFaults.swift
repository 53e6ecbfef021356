extension FaultTable {
    static let threadedServer = FaultTable(
        "threaded-server", "Faulty/threaded_server",
        """
        one-format: form
        first-format: loop frame.split frame.glue many.own garbage
        hour-off: time loop
        sixteen: words
        closes-after-one: loop frame.split frame.glue many.own garbage
        no-close: end leaks
        two-clients: many.own
        second-dies: many.silent many.mid many.own leave.end leave.reset leave.mid
        sends-b: form
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        glue: frame.glue
        silent: many.silent many.mid many.own leave.end leave.reset leave.mid garbage leaks
        mid: many.mid
        dies-at-end: leave.end garbage leaks
        dies-at-reset: leave.reset leave.mid
        no-half-close: half.close
        no-reuse: restart
        leaks: leaks
        half-lost: frame.split frame.bytes many.mid
        """)
}
