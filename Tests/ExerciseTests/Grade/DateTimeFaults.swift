extension FaultTable {
    static let dateTimeServer = FaultTable(
        "datetime-server", "Faulty/datetime_server",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        wrong-peer: loop unknown empty garbage many.own
        first-only: loop unknown empty garbage many.own
        short: time date
        dies-at-empty: empty
        exchanged: time date
        date-alone: time
        time-alone: date
        both: time
        in-turn: date
        no-seconds: time
        hour-off: time
        day-off: date
        dies-at-unknown: unknown empty garbage
        ends-after-one: form loop
        """)

    static let dateTimeClient = FaultTable(
        "datetime-client", "Faulty/datetime_client",
        """
        wrong-address: connect
        strangers-reply: stranger
        hangs-when-lost: lost
        dies-when-lost: lost
        ends-when-lost: lost
        doubled-is-next: doubled
        no-wait: waits
        waits-half: waits
        waits-5: waits
        one-kind: both
        lower-case: form
        both-in-one: form
        sends-b: form
        shows-nothing: shows.reply lost
        shows-the-first: shows.reply
        shows-its-own: shows.reply lost
        ends-after-3: waits
        """)
}
