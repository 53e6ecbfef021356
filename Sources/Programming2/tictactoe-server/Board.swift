/// The board: nine cells that two players take in turn, and whether one of them has three in a row.
struct Board: CustomStringConvertible {
    /// The mark in a taken cell.
    enum Mark: String { case x = "X", o = "O" }

    /// Rows, columns and diagonals.
    private static let lines = [
        [1, 2, 3], [4, 5, 6], [7, 8, 9],
        [1, 4, 7], [2, 5, 8], [3, 6, 9],
        [1, 5, 9], [3, 5, 7],
    ]

    private var cells = [Mark?](repeating: nil, count: 9)

    /// The mark in a cell, if it is taken. Cells are 1 to 9, row by row from the top.
    subscript(cell: Int) -> Mark? {
        get { cells[cell - 1] }
        set { cells[cell - 1] = newValue }
    }

    /// The mark that has three in a row, if there is one.
    var winner: Mark? {
        for line in Self.lines {
            if let mark = self[line[0]], line.allSatisfy({ self[$0] == mark }) { return mark }
        }
        return nil
    }

    /// Whether no cell is free.
    var isFull: Bool { !cells.contains(nil) }

    /// The nine cells as they are sent: `X`, `O`, or `.` for a free one.
    var description: String { cells.map { $0?.rawValue ?? "." }.joined() }
}
