import Foundation
import Testing

/// http-get with a real web server, nginx.
@Suite(.requiresNginx)
struct HTTPGetNginxTests {
    @Test func itUnderstandsWhateverNginxAnswers() throws {
        try withNginx { folder, host in
            let large = seededBytes(count: 1_000_000, seed: 2)
            try folder.write("www/large.bin", large)
            try folder.write("www/empty.txt", "")
            try folder.write(
                "www/included.html", "<p>\(String(repeating: "chunks ", count: 10_000))")
            try folder.write("www/page.html", "<!--# include file=\"included.html\" -->end\n")

            #expect(try bytes(of: [host, "/large.bin"]) == large)
            #expect(try bytes(of: [host, "/empty.txt"]).isEmpty)

            // The length of a page with an include is not known beforehand, so it comes in chunks.
            let page = "<p>\(String(repeating: "chunks ", count: 10_000))end\n"
            #expect(try bytes(of: [host, "/page.html"]) == Array(page.utf8))
            let shown = try run("http-get", ["-i", host, "/page.html"]).stdout
            #expect(shown.contains("\r\nTransfer-Encoding: chunked\r\n"))
            #expect(shown.hasSuffix("\r\n\r\n" + page))

            for (path, problem) in [
                ("/moved", "302 Moved Temporarily: it is at http://example.com/new; ask for that"),
                ("/nope", "404 Not Found: the server refuses /nope; check the path"),
                (
                    "/fails",
                    "503 Service Temporarily Unavailable: the server has failed; "
                        + "try again later"
                ),
                // It closes without a word.
                ("/silent", "the server closed the connection without a reply"),
                ("/" + String(repeating: "x", count: 9_000), nil),
            ] as [(String, String?)] {
                let result = try run("http-get", [host, path])
                #expect(result.exit == 1 && result.stdout.isEmpty)
                if let problem {
                    #expect(result.stderr == "http-get: \(problem)\n")
                } else {
                    #expect(result.stderr.hasPrefix("http-get: 414 Request-URI Too Large: "))
                }
            }
            #expect(
                try run("http-get", [host, "/nothing"])
                    == ProgramResult(exit: 0, stdout: "", stderr: ""))
            let header = try run("http-get", ["-i", host, "/header"]).stdout
            #expect(header.contains("\r\nX-Long: \(String(repeating: "y", count: 3_000))\r\n"))
        }
    }

    private func bytes(of arguments: [String]) throws -> [UInt8] {
        try withProgram("http-get", arguments) { client in
            let exit = try client.waitForExit()
            #expect(exit == 0 && client.standardError.isEmpty)
            return client.standardOutputBytes
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips the test, by name, where there is no nginx.
    fileprivate static var requiresNginx: Self {
        .enabled(if: nginx != nil, "needs nginx")
    }
}

/// The path of nginx, which is often only in the administrators' PATH.
private let nginx: String? = {
    let paths = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx"]
    return paths.first { access($0, X_OK) == 0 }
}()

/// Runs nginx in a folder of its own on a free port until `body` is done.
private func withNginx(_ body: (ScratchFolder, String) throws -> Void) throws {
    let folder = try ScratchFolder()
    try folder.makeFolder("www")
    let nginx = try #require(nginx)
    // nginx cannot choose a port itself. So take one that was free just now; if it is taken, try
    // another.
    for attempt in 1... {
        let port = try RawServer().port
        try folder.write("nginx.conf", configuration(folder: folder.path, port: port))
        let server = try Running([
            nginx, "-c", folder.path(of: "nginx.conf"), "-p", folder.path, "-e", "stderr",
        ])
        let isDone = try finishing(server) { server in
            do {
                try server.waitForLine(on: .standardError, containing: "event method")
            } catch {
                guard attempt < 5, server.standardError.contains("bind()") else { throw error }
                return false
            }
            try body(folder, "127.0.0.1:\(port)")
            return true
        }
        if isDone { return }
    }
}

private func configuration(folder: String, port: Int) -> String {
    """
    daemon off;
    master_process off;
    pid \(folder)/nginx.pid;
    error_log stderr notice;
    events { worker_connections 64; }
    http {
        access_log off;
        client_body_temp_path \(folder)/body;
        proxy_temp_path \(folder)/proxy;
        fastcgi_temp_path \(folder)/fastcgi;
        uwsgi_temp_path \(folder)/uwsgi;
        scgi_temp_path \(folder)/scgi;
        types { text/html html; }
        server {
            listen 127.0.0.1:\(port);
            root \(folder)/www;
            ssi on;
            location /moved { return 302 http://example.com/new; }
            location /fails { return 503; }
            location /silent { return 444; }
            location /nothing { return 204; }
            location /header { add_header X-Long \(String(repeating: "y", count: 3_000)); return 200 "x"; }
        }
    }

    """
}
