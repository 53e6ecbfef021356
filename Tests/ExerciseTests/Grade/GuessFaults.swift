extension FaultTable {
    static let guessServer = FaultTable(
        "guess-server", "Faulty/guess_server",
        """
        other-order: borders strict win.you-won int.wide
        one-byte: int.wide
        reply-unpadded: form
        letter-alone: form
        words: form
        five-questions: answers frame.split
        exchanged: borders strict win.you-won int.wide
        border-smaller: strict win.you-won out.you-are-out
        border-greater: strict
        turned: borders strict win.you-won int.wide
        right-is-yes: win.you-won
        wrong-is-no: out.you-are-out
        wrong-is-end: out.you-are-out
        out-ends-all: out.others
        others-play-on: over.others new.number win.twice
        two-winners: over.others
        newcomer-plays: over.newcomer
        others-closed: over.others new.number win.twice
        new-at-once: over.others new.number win.twice
        new-after-winner: over.newcomer new.number
        never-new: new.number
        same-number: new.differs
        reset-stays: new.reset
        ends-after-game: new.number
        dies-at-second-right: over.others win.twice
        number-0: borders strict win.you-won
        number-101: borders strict win.you-won out.you-are-out int.wide
        contradicts: strict win.you-won
        game-each: out.others over.others new.number win.twice
        to-all: out.others over.others new.number win.twice
        closes-after-one: form
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        other-address: start.listen
        in-use-zero: port.taken
        in-use-hangs: port.taken
        ignores-ctrl-c: stop
        spin: idle
        reads-keyboard: start.listen
        forks-away: restart behind
        twice: borders strict win.you-won out.you-are-out int.wide
        garbage-kills: leave.mid garbage
        split: frame.split frame.bytes many.mid
        glue: frame.glue
        silent: out.others over.others new.number win.twice many.silent many.mid many.own leave.end leave.reset leave.mid garbage unread leaks
        mid: many.mid
        wrong-peer: out.others over.others new.number win.twice many.silent many.mid many.own leave.reset garbage crowd idle
        dies-at-end: over.newcomer new.number leave.end leaks
        dies-at-reset: new.reset leave.reset leave.mid
        dies-in-mid: leave.mid
        no-half-close: half.close
        blocks-on-send: unread
        select-only: crowd
        no-reuse: restart
        leaks: leaks
        """)

    static let guessClient = FaultTable(
        "guess-client", "Faulty/guess_client",
        """
        linear: search out.ends
        guesses: search waits reply.pieces
        early: search
        never-equals: search win.ends out.ends
        gives-up: search win.ends out.ends
        out-goes-on: out.ends
        won-goes-on: win.ends
        end-goes-on: over.ends over.glued
        asks-0: range search waits win.ends out.ends over.ends keyboard over.glued reply.pieces server.ends behind
        asks-101: range search waits win.ends out.ends over.ends keyboard over.glued reply.pieces server.ends behind
        wrong-half: win.ends
        stuck: search win.ends out.ends
        yes-for-no: search win.ends
        ends-at-no: search win.ends out.ends
        order-changes: range search waits win.ends out.ends reply.pieces
        padding-changes: range search waits win.ends out.ends reply.pieces
        text: form
        five: form
        unknown-operator: form
        no-wait: waits
        waits-once: waits
        two-at-once: form
        reconnects: range search waits win.ends out.ends over.glued reply.pieces
        needs-zero: range search waits win.ends out.ends reply.pieces
        usage-zero: no.arguments
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        silent-when-missing: server.missing
        hangs-when-missing: server.missing
        pieces: reply.pieces
        ignores-end: server.ends
        spins-at-end: server.ends
        never-ends: win.ends out.ends over.ends over.glued
        never-closes: win.ends out.ends over.ends over.glued
        reads-keyboard: connect server.missing
        """)
}
