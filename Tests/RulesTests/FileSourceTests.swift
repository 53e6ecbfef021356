import Console
import Testing

@testable import file_client

@Suite struct FileSourceTests {
    @Test(arguments: [
        ("localhost:12000:a.txt", "localhost", 12_000, "a.txt", "localhost:12000"),
        ("127.0.0.1:1:a:b::c", "127.0.0.1", 1, "a:b::c", "127.0.0.1:1"),
        ("h:65535::", "h", 65_535, ":", "h:65535"),
        ("[::1]:12000:a.txt", "::1", 12_000, "a.txt", "[::1]:12000"),
        ("[fe80::1%eth0]:80:x:y", "fe80::1%eth0", 80, "x:y", "[fe80::1%eth0]:80"),
        ("[::1]:80:[x]", "::1", 80, "[x]", "[::1]:80"),
        // A mark that combines with a colon does not hide it.
        ("h:80:\u{301}", "h", 80, "\u{301}", "h:80"),
        ("h:80: a b ", "h", 80, " a b ", "h:80"),
    ])
    func splitsAtTheFirstTwoColons(
        text: String, host: String, port: Int, name: String, shown: String
    ) throws {
        let source = try FileSource(text)
        #expect(source.host == host)
        #expect(source.port == port)
        #expect(source.name == name)
        #expect(source.description == shown)
    }

    @Test(arguments: [
        "", ":", "::", ":::", "h", "h:", "h:1", "h:1:", ":1:a", "[]:1:a", "[::1]", "[::1]:1",
        "[::1]1:a", "[::1]x:1:a", "[::1]]:1:a", "[::1:1:a", "::1:1:a",
    ])
    func refusesWhatHasNotTheForm(text: String) {
        let error = #expect(throws: UsageError.self) { try FileSource(text) }
        #expect(
            error?.description
                == "'\(text)' is not of the form <server>:<port>:<name>, as in localhost:12000:a.txt"
        )
    }

    @Test(arguments: ["0", "65536", "-1", "+80", "http", "8 0", "", "99999999999999999999"])
    func refusesWhatIsNoPort(port: String) {
        let error = #expect(throws: UsageError.self) { try FileSource("h:\(port):a") }
        #expect(error?.description == "'\(port)' is no port; it is a whole number from 1 to 65535")
    }
}
