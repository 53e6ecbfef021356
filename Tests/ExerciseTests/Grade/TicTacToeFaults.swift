extension FaultTable {
    static let tictactoeServer = FaultTable(
        "tictactoe-server", "Faulty/tictactoe_server",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-port: start.listen
        in-use-zero: port.taken
        ignores-ctrl-c: stop
        spin: idle
        split: frame.split frame.bytes
        no-reuse: restart
        name-awaited: many.silent
        no-welcome: welcome
        welcome-bare: welcome
        no-init: init
        third-joins: third
        x-twice: turns win.row win.column win.diagonal win.second win.last draw foul leave.turn \
        leave.reset leave.other frame.split frame.bytes
        move-unasked: form
        three-win: turns win.second win.last draw foul
        occupied-allowed: foul
        row-unnoticed: win.row
        column-unnoticed: win.column win.second
        diagonal-unnoticed: win.diagonal
        other-wins: win.row win.column win.diagonal win.second win.last
        draw-first: win.last
        draw-untold: draw
        end-to-winner: win.row win.column win.diagonal win.second win.last draw
        leaver-hangs: leave.turn leave.reset leave.other
        """)

    static let tictactoeClient = FaultTable(
        "tictactoe-client", "Faulty/tictactoe_client",
        """
        usage-zero: no.arguments
        leaves-child: behind
        wrong-address: connect
        zero-when-missing: server.missing
        pieces: reply.pieces
        ignores-end: server.ends
        never-ends: over
        sends-b: form
        name-unsent: form
        name-twice: form
        lower-name: form
        sends-twice: move moves end over
        one-move: moves end reply.pieces over
        end-unnoticed: end over
        """)
}
