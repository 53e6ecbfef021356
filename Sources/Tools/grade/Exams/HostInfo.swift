import Sockets

extension Exam {
    static let hostInfo = Exam(
        "host-info", arguments: [], waits: .seconds(10),
        [
            Case(
                "name", .sheet, 25, "socket.gethostname() # get name of the current host",
                [.asksHost(), .asksHost("localhost"), .printsHostName]),
            Case(
                "address", .sheet, 25, "socket.gethostbyname(\"www.google.at\")",
                [.asksHost("localhost"), .printsWord("127.0.0.1")]),
            Case(
                "host", .sheet, 20,
                "socket.gethostbyaddr(\"172.217.20.3\") # get host based on a given address",
                [.asksHost("127.0.0.1"), .printsNameOfAddress]),
            Case(
                "info", .sheet, 25,
                "socket.getaddrinfo('www.python.org', 'http') # additional info about a host",
                [
                    .asksHost("localhost", "http"), .printsWord("127.0.0.1"), .printsWord("80"),
                ]),
            Case(
                "unknown", .network, 3,
                "A name may be unknown: a message, and not exit code 0 "
                    + "(getaddrinfo(3))",
                [
                    .runs(
                        ["no.such.name.invalid"], ["name": "no.such.name.invalid"], mayFail: true),
                    .failsWithMessage("run 1"),
                ]),
            Case(
                "behind", .network, 2, "A program that has ended leaves no process behind",
                [.asksHost("localhost"), .leavesNothing("run 1")]),
            Case(
                "rows", .page, 0, "one per line as family, type, protocol, address",
                [
                    .asksHost("localhost", "http"),
                    .printed("\"AF_INET SOCK_STREAM 6 127.0.0.1:80\" and its datagrams") {
                        $0.lines.contains("AF_INET SOCK_STREAM 6 127.0.0.1:80")
                            && $0.lines.contains("AF_INET SOCK_DGRAM 17 127.0.0.1:80")
                    },
                ]),
        ])
}

extension Step {
    /// The program runs with these arguments; one that takes others may fail.
    fileprivate static func asksHost(_ arguments: String...) -> Step {
        .runs(arguments, ["name": arguments.first ?? "localhost"], mayFail: true)
    }

    fileprivate static func printsWord(_ word: String) -> Step {
        .printed(word) { $0.hasWord(word) }
    }

    fileprivate static var printsHostName: Step {
        .printed("the name of this host") { printed in
            (try? hostName()).map(printed.hasWord) ?? true
        }
    }

    fileprivate static var printsNameOfAddress: Step {
        .printed("the name of 127.0.0.1") { printed in
            let name = try? SocketAddress("127.0.0.1", port: 0)?.hostName()
            return name.map(printed.hasWord) ?? true
        }
    }
}

extension Printed {
    /// Whether a word stands somewhere, not as a part of a longer one.
    fileprivate func hasWord(_ word: String) -> Bool {
        outputs.contains { output in
            output.ranges(of: word).contains { range in
                let before = output[..<range.lowerBound].last
                let after = output[range.upperBound...].first
                return [before, after].allSatisfy {
                    $0.map { !$0.isLetter && !$0.isNumber } ?? true
                }
            }
        }
    }
}
