import Foundation
import Testing

/// The table of calls in the book, compared with the lines that the compiler reads, and with the
/// sources that it names.
struct CallTableTests {
    /// A row of the table: Python, Swift, the system call, and a place.
    private struct Row {
        let cells: [String]

        /// The Swift line.
        var line: String { cells[1].trimmingCharacters(in: ["`"]) }

        /// The path in the link of the last cell.
        var path: String? { cells[3].firstMatch(of: /\]\(([^)]+)\)/).map { String($0.1) } }
    }

    private static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func text(of path: String) throws -> String {
        try String(contentsOf: package.appendingPathComponent(path), encoding: .utf8)
    }

    private static func rows() throws -> [Row] {
        let section = try text(of: "Exercises.md").components(separatedBy: "\n## ")
            .first { $0.hasPrefix("The calls\n") }
        return try #require(section).split(separator: "\n")
            .filter { $0.contains("](Sources/") }
            .map { line in
                Row(
                    cells: line.split(separator: "|").map {
                        $0.trimmingCharacters(in: .whitespaces)
                    })
            }
    }

    @Test func everySwiftLineCompiles() throws {
        let rows = try Self.rows()
        #expect(rows.count > 40)
        let file = try Self.text(of: "Tests/BookLinesTests/CallLines.swift")
        let lines = Set(file.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
        for row in rows {
            #expect(lines.contains(row.line), "CallLines.swift has no line '\(row.line)'")
        }
    }

    /// The method of each Swift line, or its type or function, is in the file that the row names.
    @Test func everyPlaceShowsItsCall() throws {
        for row in try Self.rows() {
            let path = try #require(row.path)
            let method = row.line.firstMatch(of: /[a-z0-9)]\.(?!self|utf8)([a-z]\w*)/)?.1
            let type = row.line.firstMatch(of: /\b([A-Z]\w+)/)?.1
            let function = row.line.firstMatch(of: /([a-z]\w*)\(/)?.1
            let name = method ?? type ?? function ?? "==="
            let isThere = try Self.text(of: path).contains(name)
            #expect(isThere, "\(path) has no '\(name)'")
        }
    }

    /// Every call in the sheets' code.
    @Test(arguments: [
        "socket.socket(", ".bind(", ".listen(", ".accept(", ".connect(", ".send(", ".sendall(",
        ".recv(", ".close(", ".encode(", ".decode(", ".setblocking(", ".settimeout(",
        ".setsockopt(", "select.select(", ".sendto(", ".recvfrom(", "socket.gethostname(",
        "socket.gethostbyname(", "socket.gethostbyaddr(", "socket.getaddrinfo(", "IPPROTO_IP",
        "SOL_SOCKET", "SO_REUSEADDR", "SOCK_STREAM", "SOCK_DGRAM", "threading.Thread(",
        ".start(", "time.sleep(", "random.uniform(", "datetime.now().strftime(", "sys.argv",
        "input(", "print(", ".upper(", "struct.",
    ])
    func everyCallOfTheSheetsHasARow(call: String) throws {
        #expect(try Self.rows().contains { $0.cells[0].contains(call) })
    }
}
