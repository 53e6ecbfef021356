import Console
import Protocol
import Testing

@testable import http_get

/// The parts of http-get's arguments.
@Suite struct HTTPTargetTests {
    @Test(
        arguments: [
            ("example.com", nil, "example.com", 80, "/", "example.com"),
            ("localhost:8000", nil, "localhost", 8_000, "/", "localhost:8000"),
            ("localhost:", "/a", "localhost", 80, "/a", "localhost"),
            ("localhost:8000", "a/b?c=d", "localhost", 8_000, "/a/b?c=d", "localhost:8000"),
            ("localhost:8000/a", nil, "localhost", 8_000, "/a", "localhost:8000"),
            ("http://localhost", nil, "localhost", 80, "/", "localhost"),
            ("HTTP://localhost:80/a#part", nil, "localhost", 80, "/a", "localhost"),
            ("http://localhost?q=1", nil, "localhost", 80, "/?q=1", "localhost"),
            ("http://localhost:8000", "/a#b", "localhost", 8_000, "/a", "localhost:8000"),
            ("http://[::1]:8000/a", nil, "::1", 8_000, "/a", "[::1]:8000"),
            ("[::1]", nil, "::1", 80, "/", "[::1]"),
            ("http://a/b://c@d", nil, "a", 80, "/b://c@d", "a"),
            // A URL in a path or a query is not the address.
            ("a/b?to=http://c", nil, "a", 80, "/b?to=http://c", "a"),
            ("a:8000?ftp://c", nil, "a", 8_000, "/?ftp://c", "a:8000"),
            // Characters that are not allowed in a URL are encoded; encoded ones stay.
            ("localhost", "/a b\r\nX: y", "localhost", 80, "/a%20b%0D%0AX:%20y", "localhost"),
            (
                "localhost", "/gr\u{FC}\u{DF}e%20", "localhost", 80, "/gr%C3%BC%C3%9Fe%20",
                "localhost"
            ),
        ] as [(String, String?, String, Int, String, String)])
    func itFindsHostPortAndPath(
        address: String, path: String?, host: String, port: Int, target: String, field: String
    ) throws {
        let result = try Target(address, path: path)
        #expect(result.host == host && result.port == port && result.path == target)
        #expect(result.hostField == field)
    }

    @Test(
        arguments: [
            ("", nil, "'' is no name of a host"), ("http://", nil, "'' is no name of a host"),
            (":8000", nil, "'' is no name of a host"), ("a b", nil, "'a b' is no name of a host"),
            ("a\r\nX", nil, "'a\r\nX' is no name of a host"),
            ("b\u{FC}cher", nil, "'b\u{FC}cher' is no name of a host"),
            (
                "https://example.com/", nil,
                "https:// is encrypted, which this program cannot do; try http://"
            ),
            ("ftp://a/", nil, "'ftp://' is not understood, only http:// is"),
            ("a:b@c", nil, "'a:b@c' holds a user name, which this program cannot send"),
            ("::1", nil, "'::1' is no host; an IPv6 address stands in brackets: [::1]"),
            ("[::1]x", nil, "'[::1]x' is no host; an IPv6 address stands in brackets: [::1]"),
            ("[::1", nil, "'[::1' is no host; an IPv6 address stands in brackets: [::1]"),
            ("[", nil, "'[' is no name of a host"),
            ("a:0", nil, "'0' is not a port from 1 to 65535"),
            ("a:65536", nil, "'65536' is not a port from 1 to 65535"),
            ("a:+80", nil, "'+80' is not a port from 1 to 65535"),
            ("a:x", nil, "'x' is not a port from 1 to 65535"),
            ("a/b", "/c", "'a/b' holds a path already; leave '/c' out"),
        ] as [(String, String?, String)])
    func whatIsNoneIsWrongUsage(address: String, path: String?, problem: String) {
        #expect(throws: UsageError(problem)) { try Target(address, path: path) }
    }

}
