import Protocol

extension Exam {
    static let httpGet = Exam(
        "http-get", arguments: ["{host}:{port}", "{path}"], width: 12,
        [
            Case(
                "connect", .sheet, 10, "s.connect((\"example.com\" , 80))",
                [.clientStarts("A", values), .accepts()]),
            Case(
                "request", .sheet, 15, request, needs: ["connect"],
                [.clientStarts("A", values), .accepts(), .hearsGet("A")]),
            Case(
                "host", .sheet, 10, request, needs: ["request"],
                [.clientStarts("A", values), .accepts(), .hearsGet("A"), .namesHost]),
            Case(
                "form", .sheet, 30, "print(str(s.recv(4096), 'utf-8'))", needs: ["request"],
                get.opening() + [
                    .sendsPage("A", .until(page)), .findsPrinting("A"),
                ]),
            Case(
                "end", .sheet, 5, "s.close()", needs: ["form"],
                get.opening() + [.sendsPage("A", .until(page)), .seesEnd("A"), .exits("A")]),
            Case(
                "counted", .network, 5,
                "Content-Length tells where the body ends (RFC 9112, 6.3)", needs: ["form"],
                get.opening() + [
                    .sendsPage("A", .counted(page)), .hasPrinted("A", page),
                ]),
            Case(
                "counted.open", .network, 3,
                "The server may keep the connection (RFC 9112, 9.3)", needs: ["counted"],
                get.opening() + [.sendsPage("A", .counted(page), closes: false), .exits("A")]
            ).exempt { $0[HTTPForm.self].whyClosed },
            Case(
                "chunked", .network, 5, "A body may come in chunks (RFC 9112, 7.1)",
                needs: ["form"],
                get.opening() + [
                    .sendsPage("A", .chunked(page)), .hasPrinted("A", page),
                ]
            ).exempt { $0[HTTPForm.self].whyRaw },
            Case(
                "long", .network, 4, "TCP is a stream: one recv does not bring all (recv(2))",
                needs: ["form"],
                get.opening() + [
                    .sendsPage("A", .counted(longPage)), .hasPrinted("A", longPage),
                ]),
            Case(
                "missing", .network, 3, "404: the page is missing (RFC 9110, 15.5.5)",
                needs: ["form"],
                get.opening() + [.sendsPage("A", .missing), .saysSomething("A")]),
        ]
            + ClientCases.all(
                get,
                network: [
                    "reply.pieces": 3, "server.ends": 3, "server.missing": 3, "behind": 1,
                ]))

    private static let request =
        "s.sendall(b\"GET / HTTP/1.1\\r\\nHost: example.com\\r\\nAccept: text/html\\r\\n\\r\\n\")"
    private static let values = ["path": "/Page.html"]
    private static let page = "<p>A page of one line, and the number 4711.</p>\n"
    private static let longPage = (1...2_000).map { "line \($0)\n" }.joined()

    private static let get = Service(
        values: values, begin: { [.hearsGet($0)] },
        reply: { _, _ in ("a page", Array(Response.counted(page).head.utf8) + Array(page.utf8)) },
        understood: { [.halfCloses($0), .hasPrinted($0, page)] })
}

/// The ways to send a page.
private enum Response: Sendable {
    case until(String)
    case counted(String)
    case chunked(String)
    case missing

    private static let type = "Content-Type: text/html; charset=utf-8\r\n"

    /// The status line and the fields.
    var head: String {
        switch self {
        case .until: "HTTP/1.1 200 OK\r\n\(Self.type)Connection: close\r\n\r\n"
        case .counted(let page):
            "HTTP/1.1 200 OK\r\n\(Self.type)Content-Length: \(page.utf8.count)\r\n\r\n"
        case .chunked: "HTTP/1.1 200 OK\r\n\(Self.type)Transfer-Encoding: chunked\r\n\r\n"
        case .missing: "HTTP/1.1 404 Not Found\r\n\(Self.type)Content-Length: 8\r\n\r\n"
        }
    }

    var body: String {
        switch self {
        case .until(let page), .counted(let page): return page
        case .missing: return "missing\n"
        case .chunked(let page):
            let (first, rest) = (page.prefix(16), page.dropFirst(16))
            let size = String(rest.utf8.count, radix: 16)
            return "10\r\n\(first)\r\n\(size);note=1\r\n\(rest)\r\n0\r\n\r\n"
        }
    }

    var words: String {
        switch self {
        case .until: "200 and a page until the end of the stream"
        case .counted: "200 and a page with its length"
        case .chunked: "200 and a page in two chunks"
        case .missing: "404"
        }
    }
}

/// What the program prints, and whether it wants the connection closed.
private struct HTTPForm: Finding {
    var printsHead = false
    var asksToClose = false

    var whyClosed: String? {
        asksToClose ? "it asks the server to close the connection" : nil
    }

    var whyRaw: String? {
        printsHead ? "it prints what comes, as the sheet's does" : nil
    }
}

private struct HTTPRequestSeen: Memory {
    var text = ""
}

extension Step {
    /// The client asks for the page, to the empty line.
    fileprivate static func hearsGet(_ client: String) -> Step {
        Step("\(client) asks for /Page.html") { play throws(Miss) in
            let line = Array("GET /Page.html HTTP/1.".utf8)
            let wanted = Wanted("GET /Page.html HTTP/1.1, fields, an empty line") { bytes, _ in
                guard bytes.starts(with: line) || line.starts(with: bytes) else { return .wrong }
                let isWhole = bytes.suffix(4) == [13, 10, 13, 10]
                return isWhole ? .found(count: bytes.count, words: "GET /Page.html") : .more
            }
            let text = String(decoding: try play.receive(wanted, on: client), as: UTF8.self)
            play[HTTPRequestSeen.self].text = text
            play[HTTPForm.self].asksToClose = text.lowercased().contains("connection: close")
        }
    }

    fileprivate static let namesHost = Step("the request names the host") { play throws(Miss) in
        let lines = play[HTTPRequestSeen.self].text.lowercased().split(separator: "\r\n")
        let hosts = lines.filter { $0.hasPrefix("host:") }
            .map { $0.dropFirst(5).drop { $0 == " " } }
        let host = play.contest.host
        guard hosts.count != 1 || !(hosts[0] == host || hosts[0].hasPrefix("\(host):")) else {
            return
        }
        throw Miss(
            wanted: "Host: with the server's name",
            got: hosts.isEmpty ? "no Host field" : "Host: \(hosts[0])")
    }

    fileprivate static func sendsPage(
        _ client: String, _ response: Response, closes: Bool = true
    ) -> Step {
        Step("\(client) gets \(response.words)") { play throws(Miss) in
            try play.send(Array((response.head + response.body).utf8), response.words, on: client)
            if closes { try Step.halfCloses(client).perform(play) }
        }
    }

    /// The page is printed, alone or after the response's head.
    fileprivate static func findsPrinting(_ client: String) -> Step {
        Step("it has printed the page") { play throws(Miss) in
            try play.expectOutput(of: client, "the number 4711") { $0.contains("the number 4711.") }
            let output = try play.program(client).output
            play[HTTPForm.self].printsHead = output.contains("200 OK")
            play.findings.words = [
                output.contains("200 OK") ? "prints the whole response" : "prints the body"
            ]
        }
    }

    /// The page is printed, whole.
    fileprivate static func hasPrinted(_ client: String, _ page: String) -> Step {
        Step("it has printed all of the page") { play throws(Miss) in
            let printsHead = play[HTTPForm.self].printsHead
            try play.expectOutput(of: client, "the page") { output in
                let text = output.replacing("\r\n", with: "\n")
                // print() of Python ends what it prints with a line end of its own.
                return printsHead
                    ? text.contains(page) : text == page || text == page + "\n"
            }
        }
    }

    /// A message, the page of the error, or another exit code than 0.
    fileprivate static func saysSomething(_ client: String) -> Step {
        Step("it prints a message, or the page of the error") { play throws(Miss) in
            let program = try play.program(client)
            _ = program.waitForEnd(within: play.patience)
            guard program.output.isEmpty, program.errors.isEmpty else { return }
            throw Miss(wanted: "a message, or the page of the error", got: "nothing", .exit)
        }
    }
}
