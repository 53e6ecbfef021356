extension FaultTable {
    static let chatServer = FaultTable(
        "chat-server", "Faulty/chat_server",
        """
        echoes: forward.others
        no-name: form
        first-only: forward.all forward.others newcomer leave.talk
        name-of-last: forward.all forward.others newcomer line.cr leave.talk many.mid many.own leave.reset leave.mid garbage idle
        name-short: name.long
        empty-leaves: empty
        waits-for-name: many.silent crowd
        dead-stay: leave.talk leave.end leave.reset leave.mid garbage
        sixteen: example
        every-second: forward.each newcomer leave.talk empty unread frame.split frame.glue many.own garbage
        latin: text.utf8 character
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        garbage-kills: garbage
        split: character frame.split frame.bytes many.mid
        glue: frame.glue
        no-half-close: half.close
        blocks-on-send: unread
        no-reuse: restart
        leaks: leaks
        splits-characters: character
        keeps-cr: line.cr
        """)

    static let chatClient = FaultTable(
        "chat-client", "Faulty/chat_client",
        """
        no-name: form
        name-in-text: form
        name-twice: form
        prints-at-end: prints prints.waiting talk text.utf8 reply.glue character reply.pieces
        prints-twice: prints.each
        prints-b: text.utf8 character
        strips-name: prints prints.waiting talk text.utf8 reply.glue character reply.pieces
        sends-at-end: form
        sends-twice: sends.each talk
        twenty: sends
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        pieces: character reply.pieces
        ignores-end: server.ends
        never-ends: keyboard
        sends-b: form
        splits-characters: character
        glue: reply.glue
        """)
}
