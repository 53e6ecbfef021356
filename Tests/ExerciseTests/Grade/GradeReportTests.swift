import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What `grade` writes about one program: text, JSON, JUnit, Gradescope and HTML.
struct GradeReportTests {
    private static let own = ["guess-server", "--only", "start.listen,form"]

    private func ownServer() throws -> [String] { [try BuiltPrograms.path(of: "guess-server")] }

    @Test func theTextHasALineACaseAndATotal() throws {
        let result = try run("grade", Self.own + ["--"] + ownServer())
        let lines = result.stdout.split(separator: "\n").map(String.init)
        #expect(lines.count == 4)
        #expect(lines.first?.wholeMatch(of: /pass  \d of \d  start\.listen/) != nil)
        #expect(lines.dropFirst().first?.wholeMatch(of: /pass  \d of \d  form/) != nil)
        #expect(lines.dropFirst(2).first == "format: c i, native")
        #expect(lines.last?.wholeMatch(of: /guess-server: (\d+) of \1 points, 2 of 2 cases/) != nil)
        #expect(result.exit == 0)
        #expect(result.stderr.isEmpty)
    }

    @Test func pointsOnlyPrintsTheTotalAlone() throws {
        let result = try run("grade", Self.own + ["--points-only", "--"] + ownServer())
        #expect(
            result.stdout.wholeMatch(of: /guess-server: \d+ of \d+ points, 2 of 2 cases\n/) != nil)
    }

    /// The form is a promise to other programs: names, their order, and the kinds of values.
    @Test func theJSONHasItsForm() throws {
        let folder = try ScratchFolder()
        let file = folder.path(of: "report.json")
        let server = try ownServer()
        let only = ["guess-server", "--only", "start.listen", "--seed", "7"]
        _ = try run("grade", only + ["--json", file, "--"] + server)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let points = try #require(text.firstMatch(of: /"of":(\d+)/)).output.1
        let expected = """
            {"format":"grade/1","complete":true,"subject":"guess-server",\
            "command":["\(server[0])"],"seed":7,"found":[],"points":\(points),"of":\(points),\
            "passed":1,"failed":0,"verdict":"passed","cases":[{"id":"start.listen",\
            "kind":"sheet","points":\(points),"of":\(points),"status":"passed",\
            "sentence":"python3 server.py <bind_address> <bind_port> # The pair to be used to \
            bind the socket","does":"the server starts; A connects","needs":[],"slow":false,\
            "steps":[{"n":1,"who":"","does":"the server starts","bytes":""},\
            {"n":2,"who":"A","does":"connects","bytes":""}],"at":null,"wanted":null,\
            "got":null,"end":null,"cause":null,"try":null}]}

            """
        #expect(text == expected)
        #expect(folder.names == ["report.json"])
    }

    /// What a case needs is played with it, but neither shown nor counted.
    @Test func whatACaseNeedsIsPlayedToo() throws {
        let run = try GradeRun(
            "guess-server", ["--only", "strict"], judging: try ownServer())
        #expect(run.report.cases.map(\.id) == ["strict"])
        #expect(run.report.found == ["c i, native"])
        #expect(run.result.stdout.contains("1 of 1 cases"))
        #expect(!run.result.stdout.contains("answers"))
    }

    @Test(.requiresPython) func theSameProgramAndSeedGiveTheSameText() throws {
        let command = PythonPeer.command("Faulty/guess_server", ["--fault", "split"])
        let options = ["guess-server", "--only", "frame.split,many.own", "--seed", "3", "--"]
        let first = try run("grade", options + command)
        let second = try run("grade", options + command)
        #expect(first.exit == 1)
        #expect(first.stdout.contains("\nFAIL  0 of ") || first.stdout.hasPrefix("FAIL  0 of "))
        #expect(first.stdout.contains("    * "))
        #expect(first.stdout == second.stdout)
    }

    @Test(.requiresPython) func thePassMarkDecides() throws {
        let command = PythonPeer.command("Faulty/guess_server", ["--fault", "split"])
        let only = ["--only", "start.listen,frame.split", "--pass-mark"]
        let failed = try GradeRun("guess-server", only + ["100"], judging: command)
        #expect(failed.result.exit == 1)
        #expect(failed.report.verdict == "failed")
        let mark = "\(failed.report.points)"
        let passed = try GradeRun("guess-server", only + [mark], judging: command)
        #expect(passed.result.exit == 0)
        #expect(passed.report.verdict == "passed")
    }

    @Test func theListShowsEveryCase() throws {
        let lines = try run("grade", ["guess-server", "--list"]).stdout.split(separator: "\n")
        #expect(lines.contains { $0.wholeMatch(of: /\d+ sheet form .+/) != nil })
        #expect(lines.count == GradeListLine.all.filter { $0.subject == "guess-server" }.count)
    }

    // MARK: A hostile program

    /// A server whose answers and output try to get out of every report.
    private static let hostile = #"""
        import socket, sys
        words = b'</code></script><script>alert(1)</script>&"\'\x1b[2J\x00\xff\xe2\x80\xae]]>'
        listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
        sys.stdout.buffer.write(words + b'\n100 of 100\n')
        while True:
            connection, _ = listener.accept()
            connection.recv(100)
            connection.sendall(words)
            sys.stderr.buffer.write(words + b'\n')
            sys.exit(3)

        """#

    @Test(.requiresPython) func aHostileProgramsWordsAreText() throws {
        let folder = try ScratchFolder()
        let program = try folder.write("hostile.py", Self.hostile)
        let files = ["json", "junit", "gradescope", "html"].map { folder.path(of: $0) }
        let options = zip(["--json", "--junit", "--gradescope", "--html"], files).flatMap {
            [$0, $1]
        }
        let result = try run("grade", Self.own + options + ["--", "python3", program])
        #expect(result.exit == 1)
        #expect(!result.stdout.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
        #expect(!result.stdout.unicodeScalars.contains("\u{202E}"))
        let data = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        let report = try JSONDecoder().decode(GradeReport.self, from: data[0])
        #expect(report.lost == ["form"])
        #expect(XMLParser(data: data[1]).parse())
        let page = String(decoding: data[3], as: UTF8.self)
        #expect(!page.contains("<script") && !page.contains("</script"))
        for text in data.map({ String(decoding: $0, as: UTF8.self) }) {
            #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let gradescope = try decoder.decode(Gradescope.self, from: data[2])
        #expect(gradescope.tests.map(\.status) == ["passed", "failed"])
        #expect(gradescope.tests.reduce(0) { $0 + $1.score } == gradescope.score)
        #expect(gradescope.tests.allSatisfy { $0.visibility == "visible" && $0.maxScore > 0 })
        #expect(gradescope.tests.last?.output.contains("wanted") == true)
    }

    private struct Gradescope: Decodable {
        struct Test: Decodable {
            let score: Int
            let maxScore: Int
            let name: String
            let status: String
            let output: String
            let visibility: String
        }

        let score: Int
        let tests: [Test]
    }

    @Test(.requiresPython, .requiresBrowser) func thePageIsShownByABrowser() throws {
        let folder = try ScratchFolder()
        let file = folder.path(of: "report.html")
        let command = PythonPeer.command("Faulty/guess_server", ["--fault", "split"])
        let options = ["guess-server", "--only", "start.listen,frame.split", "--html", file, "--"]
        _ = try run("grade", options + command)
        try Browser.with { browser in
            try browser.open("file://\(file)")
            try browser.wait(until: "document.querySelectorAll('tbody tr').length == 2")
            #expect(try browser.value(of: "document.scripts.length") == "0")
            #expect(try browser.value(of: "document.querySelectorAll('svg.ladder').length") == "2")
            #expect(
                try browser.value(of: "document.querySelectorAll('details[open]').length") == "1")
            // Nothing is wider than the window.
            let isNarrow = "document.documentElement.scrollWidth <= window.innerWidth"
            #expect(try browser.value(of: isNarrow) == "true")
        }
    }
}
