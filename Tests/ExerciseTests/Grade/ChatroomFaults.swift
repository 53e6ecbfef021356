extension FaultTable {
    static let chatroomServer = FaultTable(
        "chatroom-server", "Faulty/chatroom_server",
        """
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        split: character frame.split frame.bytes many.mid
        glue: frame.glue
        dies-at-reset: leave.closed leave.reset leave.mid leaks
        no-half-close: half.close
        blocks-on-send: unread
        select-only: crowd
        no-reuse: restart
        leaks: leaks
        keeps-cr: line.cr
        join-untold: join.status
        quit-untold: leave.status
        reset-untold: leave.closed
        name-missing: form
        every-second: broadcast.each unread frame.split frame.glue many.own garbage
        last-only: broadcast.all leave.status unique line.cr unread many.silent many.mid many.own leave.end leave.reset leave.mid garbage idle
        name-taken-twice: unique
        refused-for-good: unique.again
        names-stay: unique.free
        latin: text.utf8 character
        empty-leaves: empty
        """)

    static let chatroomClient = FaultTable(
        "chatroom-client", "Faulty/chatroom_client",
        """
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        pieces: character reply.pieces
        ignores-end: server.ends
        never-ends: quit keyboard
        glue: reply.glue
        sends-b: form
        no-prompt: asks.name
        name-unsent: form
        name-before-lines: form
        prompt-sent: form
        shows-nothing: shows shows.waiting text.utf8 reply.glue character reply.pieces
        shows-twice: shows.each
        shows-b: text.utf8 character
        name-stripped: shows shows.waiting text.utf8 reply.glue character reply.pieces
        server-unshown: shows.status shows.each
        quit-at-once: sends.each
        """)
}
