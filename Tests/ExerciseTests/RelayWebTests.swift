import Foundation
import Testing

/// The relay's live page as a browser meets it.
struct RelayWebTests {
    private let question: [UInt8] = [0x3C, 0, 0, 0, 0x33, 0, 0, 0]
    private let answer: [UInt8] = [0x49, 0, 0, 0, 0, 0, 0, 0]

    /// Starts a relay with a live page, and connects a client through it.
    private func withPage(
        _ exercise: String, _ options: [String] = [],
        _ body: (RelayUnderTest, Int, RawClient, RawClient) throws -> Void
    ) throws {
        try withRelayedConnection(exercise, ["--web", "0"] + options) { relay, client, server in
            try body(relay, relay.pagePort(), client, server)
        }
    }

    private func page(at port: Int, _ fields: String = "") throws -> PageAnswer {
        try askPage(at: port, "GET / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(fields)\r\n")
    }

    @Test func thePageHasNothingFromElsewhere() throws {
        try withPage("guess") { _, port, _, _ in
            let page = try page(at: port)
            #expect(page.status == "HTTP/1.1 200 OK")
            #expect(page.fields["content-type"] == "text/html; charset=utf-8")
            #expect(page.fields["content-length"] == "\(page.body.utf8.count)")
            #expect(page.fields["cache-control"] == "no-store")
            #expect(page.fields["x-content-type-options"] == "nosniff")
            let policy = try #require(page.fields["content-security-policy"])
            let nonce = try #require(policy.firstMatch(of: #/script-src 'nonce-(\w{20,})'/#)?.1)
            #expect(
                policy == "default-src 'none'; script-src 'nonce-\(nonce)'; "
                    + "style-src 'nonce-\(nonce)'; connect-src 'self'; img-src data:; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'")
            #expect(page.body.hasPrefix("<!DOCTYPE html>"))
            #expect(page.body.hasSuffix("</html>\n"))
            #expect(page.body.components(separatedBy: "nonce=\"\(nonce)\"").count == 3)
            #expect(!page.body.contains("://"))
            let again = try self.page(at: port)
            #expect(again.fields["content-security-policy"] != policy)
        }
    }

    @Test func theEventsComeAsTheyHappen() throws {
        try withPage("guess") { relay, port, client, server in
            let viewer = try PageViewer(at: port)
            #expect(viewer.beginning.contains(#""exercise":"guess","clients":"127.0.0.1:"#))
            #expect(viewer.beginning.hasSuffix(#","older":0}"#))
            #expect(try viewer.nextData() == #"{"connection":1,"time":0,"kind":"connects"}"#)
            try client.send(question)
            _ = try server.receive(exactly: 8)
            #expect(
                try viewer.nextData()
                    == #"{"connection":1,"time":0,"kind":"says","side":"client","message":1,"#
                    + #""words":"< 51","count":8,"bytes":"3c00000033000000","fields":["#
                    + #"{"name":"c","from":0,"to":1,"value":"'<'"},"#
                    + #"{"name":"padding","from":1,"to":4},"#
                    + #"{"name":"i","from":4,"to":8,"value":"51"}]}"#)
            try server.send(answer)
            _ = try client.receive(exactly: 8)
            #expect(try viewer.nextWords() == "Yes")
            try client.send([0x3C, 0, 0])
            #expect(
                try viewer.nextData()
                    == #"{"connection":1,"time":0,"kind":"says","side":"client","message":3,"#
                    + #""words":"","fault":"3 of 8 bytes","part":true,"count":3,"bytes":"3c0000"}"#)
            client.reset()
            #expect(
                try viewer.nextData()
                    == #"{"connection":1,"time":0,"kind":"resets","side":"client","count":11}"#)
            // What ends the relay ends the page.
            #expect(try relay.lines().count == 5)
            #expect(try viewer.next() == PageViewer.Event(type: "end", data: "{}"))
            #expect(try viewer.connection.receiveToEnd() == [])
        }
    }

    @Test func damageAndSegmentsAreShownToo() throws {
        try withPage("echo", ["--pause", "0", "--chop", "3", "--segments"]) {
            _, port, client, server in
            let viewer = try PageViewer(at: port)
            _ = try viewer.next()
            try client.send("hi 1\n")
            _ = try server.receive(exactly: 5)
            #expect(
                try viewer.nextData()
                    == #"{"connection":1,"time":0,"kind":"segment","side":"client","count":5}"#)
            #expect(try viewer.nextData().contains(#""words":"\"hi 1\"","count":5,"#))
            #expect(
                try viewer.nextData()
                    == #"{"connection":1,"time":0,"kind":"damaged","side":"client","#
                    + #""words":"5 bytes as 3 + 2"}"#)
        }
    }

    @Test func datagramsAreShownToo() throws {
        let server = try RawDatagramSocket()
        try withRelay("udp", to: server.port, ["--web", "0"]) { relay in
            let viewer = try PageViewer(at: try relay.pagePort())
            let client = try RawDatagramSocket()
            try client.send(Array("hello".utf8), to: relay.port)
            #expect(try viewer.nextWords() == "\"hello\"")
        }
    }

    @Test func whatProgramsSayIsTextInTheEvents() throws {
        try withPage("chat", ["--pause", "0"]) { _, port, client, server in
            let viewer = try PageViewer(at: port)
            _ = try viewer.next()
            let said = "</script> \"quoted\" \\ \u{2028}\u{2029} \u{1B}[31m \u{202E} 😀 data: x"
            try client.send(said + "\n")
            _ = try server.receiveLine()
            #expect(
                try viewer.nextData().contains(
                    #""words":"\"</script> \"quoted\" \\ \u2028\u2029 "#
                        + #"\\u{1B}[31m \\u{202E} 😀 data: x\"","#))
            // A line of the greatest length is whole in words, and its bytes are cut.
            let long = String(repeating: "x", count: 4_096)
            try client.send(long + "\n")
            _ = try server.receiveLine()
            let data = try viewer.nextData()
            #expect(data.contains(#""words":"\"\#(long)\"","count":4097,"#))
            #expect(data.contains(#""bytes":"\#(String(repeating: "78", count: 1_024))","#))
        }
    }

    @Test func passwordsAreNotShown() throws {
        try withPage("quiz", ["--pause", "0"]) { _, port, client, server in
            let viewer = try PageViewer(at: port)
            _ = try viewer.next()
            try client.send("register anna geheim7\n")
            _ = try server.receiveLine()
            #expect(
                try viewer.nextData()
                    == #"{"connection":1,"time":0,"kind":"says","side":"client","message":1,"#
                    + #""words":"\"register ***\"","count":22,"secret":true}"#)
            try server.send("hello geheim7\n")
            _ = try client.receiveLine()
            let data = try viewer.nextData()
            #expect(data.contains(#""secret":true"#))
            #expect(!data.contains("geheim7") && !data.contains("67656865696d37"))
        }
    }

    /// Checks the code of the answer to a request that has these fields besides its host.
    private func expect(
        _ code: String, at port: Int, _ host: String?, _ fields: String = "",
        _ line: String = "GET /", sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let host = host.map { "Host: \($0)\r\n" } ?? ""
        let request = "\(line) HTTP/1.1\r\n\(host)\(fields)\r\n"
        let answer = try askPage(at: port, request)
        #expect(
            answer.status.dropFirst(9).prefix(3) == code, "\(request)",
            sourceLocation: sourceLocation)
        #expect(answer.fields["x-content-type-options"] == "nosniff")
    }

    @Test func onlyThisMachineIsServed() throws {
        try withPage("guess") { _, port, _, _ in
            let own = "127.0.0.1:\(port)"
            for host in [own, "localhost:\(port)", "LOCALHOST:\(port)", "[::1]:\(port)"] {
                try expect("200", at: port, host)
            }
            for host in [
                "example.com", "example.com:\(port)", "127.0.0.1", "127.0.0.1:1", "localhost",
                "127.0.0.1:\(port).example.com", "127.0.0.2:\(port)", "",
            ] {
                try expect("403", at: port, host)
                try expect("403", at: port, host, "", "GET /events")
            }
            try expect("400", at: port, nil)
            try expect("400", at: port, own, "Host: example.com\r\n")
            for field in [
                "Origin: http://example.com", "Origin: null", "Origin: https://\(own)",
                "Origin: http://localhost:\(port)", "Origin: http://\(own).example.com",
                "Sec-Fetch-Site: cross-site", "sec-fetch-site:same-site", "Sec-Fetch-Site: ",
                "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site",
            ] {
                try expect("403", at: port, own, field + "\r\n")
                try expect("403", at: port, own, field + "\r\n", "GET /events")
            }
            for field in [
                "Origin: http://\(own)", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site:\tnone ",
            ] {
                try expect("200", at: port, own, field + "\r\n")
            }
            for path in ["/x", "/events/", "/?", "//", "/page.html", "/../etc/passwd"] {
                try expect("404", at: port, own, "", "GET \(path)")
            }
            for method in ["POST", "HEAD", "OPTIONS", "PUT", "DELETE", "get", "X-Y"] {
                try expect("405", at: port, own, "", "\(method) /")
            }
            try expect("405", at: port, own, "Content-Length: 4\r\n", "POST /events")
        }
    }

    @Test func whatIsNoRequestIsRefused() throws {
        try withPage("guess", ["--timeout", "0.4"]) { relay, port, client, server in
            let host = "Host: 127.0.0.1:\(port)\r\n"
            for request in [
                "\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\(host)\r\n", "GET / HTTP/2\r\n\(host)\r\n",
                "GET  / HTTP/1.1\r\n\(host)\r\n", "GET / HTTP/1.1 \r\n\(host)\r\n",
                "G(T / HTTP/1.1\r\n\(host)\r\n", "GET http://x/ HTTP/1.1\r\n\(host)\r\n",
                "GET / HTTP/1.1\r\n\(host)no colon\r\n\r\n",
                "GET / HTTP/1.1\r\n\(host): empty\r\n\r\n",
                "GET / HTTP/1.1\r\n\(host)A: b\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : 127.0.0.1:\(port)\r\n\r\n",
                "GET / HTTP/1.1\r\n\(host)A: \u{0}\r\n\r\n",
                "GET / HTTP/1.1\r\n\(host)A: b\rc\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\n\n",
            ] {
                let answer = try askPage(at: port, request)
                #expect(answer.status == "HTTP/1.1 400 Bad Request", "\(request)")
            }
            let long = String(repeating: "A: b\r\n", count: 2_000)
            #expect(
                try askPage(at: port, "GET / HTTP/1.1\r\n\(host)\(long)\r\n").status
                    == "HTTP/1.1 431 Request Header Fields Too Large")
            let fits = "A: " + String(repeating: "b", count: 8_192 - host.utf8.count - 23) + "\r\n"
            let whole = "GET / HTTP/1.1\r\n\(host)\(fits)\r\n"
            #expect(whole.utf8.count == 8_192)
            #expect(try askPage(at: port, whole).status == "HTTP/1.1 200 OK")

            // Lines may end as Unix ends them, and come byte by byte.
            let slow = try RawClient(port: port)
            try slow.sendInPieces("GET / HTTP/1.1\nHost: localhost:\(port)\n\n")
            #expect(try PageAnswer(try slow.receiveToEnd()).status == "HTTP/1.1 200 OK")

            // One that says nothing, or not all, is let go when its time is over.
            let silent = try RawClient(port: port)
            let half = try RawClient(port: port)
            try half.send("GET / HTTP/1.1\r\n")
            #expect(try silent.receiveToEnd() == [])
            #expect(try half.receiveToEnd() == [])
            try client.send(question)
            #expect(try server.receive(exactly: 8) == question)
            #expect(try relay.lines().count == 2)
        }
    }

    @Test func hostileBrowsersHarmNobody() throws {
        try withPage("guess", ["--timeout", "1"]) { relay, port, client, server in
            try client.send(question)
            #expect(try server.receive(exactly: 8) == question)
            let descriptors = relay.relay.openDescriptors
            for seed in 0..<20 {
                let noise = try RawClient(port: port)
                try? noise.send(seededBytes(count: 20_000, seed: UInt64(seed)))
                noise.close()
                let half = try RawClient(port: port)
                try half.send("GET /events HTTP/1.1\r\nHost: localh")
                half.reset()
                let viewer = try PageViewer(at: port)
                if seed.isMultiple(of: 2) { viewer.connection.reset() }
            }
            // Bytes that nobody asked for are not collected for ever.
            let talker = try PageViewer(at: port)
            try? talker.connection.send([UInt8](repeating: 0x41, count: 200_000))
            _ = try? talker.connection.receiveToEnd()
            talker.connection.close()
            try server.send(answer)
            #expect(try client.receive(exactly: 8) == answer)
            #expect(try page(at: port).status == "HTTP/1.1 200 OK")
            if let descriptors {
                try relay.relay.waitForOpenDescriptors(atMost: descriptors)
            }
            let quiet = try PageViewer(at: port)
            try expectIdle(relay.relay)
            quiet.connection.close()
        }
    }

    @Test func viewersWithoutDescriptorsHarmNoConversation() throws {
        let listener = try RawServer()
        try withRelay("guess", to: listener.port, ["--web", "0"], descriptorLimit: 24) { relay in
            let port = try relay.pagePort()
            let client = try relay.connect()
            let server = try listener.accept()
            let viewers = try (0..<40).map { _ in try RawClient(port: port) }
            try relay.relay.waitForLine(on: .standardError, containing: "a viewer of the page: ")
            try client.send(question)
            #expect(try server.receive(exactly: 8) == question)
            try expectIdle(relay.relay)
            viewers.forEach { $0.close() }
            let viewer = try PageViewer(at: port)
            _ = try viewer.next()
            #expect(try viewer.nextWords() == "< 51")
        }
    }

    @Test func manyViewersSeeTheSame() throws {
        try withPage("guess") { _, port, client, server in
            let viewers = try (0..<100).map { _ in try PageViewer(at: port) }
            try client.send(question)
            _ = try server.receive(exactly: 8)
            for viewer in viewers { #expect(try viewer.nextWords() == "< 51") }
        }
    }

    @Test func aLateViewerGetsTheLastTenThousandMessages() throws {
        try withPage("chat", ["--pause", "0"]) { relay, port, client, server in
            for number in 1...10_050 { try client.send("message \(number)\n") }
            for _ in 1...10_050 { _ = try server.receiveLine() }
            try relay.relay.waitForLine(containing: "\"message 10050\"")
            let viewer = try PageViewer(at: port)
            #expect(viewer.beginning.hasSuffix(#","older":50}"#))
            for number in 51...10_050 {
                let words = try viewer.nextWords()
                guard words == "\"message \(number)\"" else {
                    Issue.record("\(words) in place of message \(number)")
                    return
                }
            }
            try client.send("now\n")
            #expect(try viewer.nextWords() == "\"now\"")
        }
    }

    @Test func aViewerThatReturnsMissesAndDoublesNothing() throws {
        try withPage("chat", ["--pause", "0"]) { _, port, client, server in
            func say(_ number: Int) throws {
                try client.send("\(number)\n")
                _ = try server.receiveLine()
            }
            let viewer = try PageViewer(at: port)
            for number in 1...3 { try say(number) }
            #expect(try (1...2).map { _ in try viewer.nextWords() } == ["\"1\"", "\"2\""])
            let id = try #require(viewer.lastID)
            viewer.connection.close()
            try say(4)
            let again = try PageViewer(at: port, after: id)
            #expect(try (3...4).map { _ in try again.nextWords() } == ["\"3\"", "\"4\""])
            try say(5)
            #expect(try again.nextWords() == "\"5\"")
            // An id of another run, or of no run at all, is none.
            for id in ["x-1", "1", "", "-", "\(id)0000", String(id.dropLast()) + "-1"] {
                let fresh = try PageViewer(at: port, after: id)
                #expect(try fresh.nextData().contains("connects"))
                #expect(try fresh.nextWords() == "\"1\"")
            }
        }
    }

    @Test func aViewerThatDoesNotReadIsDropped() throws {
        // What drops it is what waits for it, and not the time.
        try withPage("chat", ["--pause", "0", "--timeout", "300"]) { relay, port, client, server in
            let deaf = try PageViewer(at: port, receiveBuffer: 4_096)
            let viewer = try PageViewer(at: port)
            _ = try viewer.next()
            // Each is some 3 KB for a viewer, so that 2 MB wait for one that takes none of it.
            let text = String(repeating: "x", count: 1_000)
            for number in 0..<700 {
                try client.send("\(number)\(text)\n")
                #expect(try server.receiveLine() == "\(number)\(text)")
                let words = try viewer.nextWords()
                #expect(words == "\"\(number)\(text)\"")
            }
            try relay.relay.waitForLine(
                on: .standardError, containing: "the page does not read, and is dropped")
            deaf.connection.close()
        }
    }

    @Test func aPortThatIsTakenIsTold() throws {
        let listener = try RawServer()
        let result = try run(
            "relay", ["guess", "0", "127.0.0.1:1", "--web", "\(listener.port)"])
        #expect(result.exit == 1)
        #expect(
            result.stderr.hasPrefix("relay: cannot listen on 127.0.0.1:\(listener.port): address"))
    }

    /// The page in a real browser: what it draws, and what the keys do.
    @Test(.requiresBrowser) func aBrowserShowsTheConversation() throws {
        try withPage("chat", ["--pause", "0"]) { relay, port, client, server in
            try client.send("<script>document.title = 'broken in'</script>\n")
            _ = try server.receiveLine()
            try Browser.with { browser in
                try browser.open("http://127.0.0.1:\(port)/")
                let rows = "document.querySelectorAll('.says').length"
                try browser.wait(until: "\(rows) === 1")
                try server.send("</script><img src=x onerror=\"document.title = 'broken in'\">\n")
                _ = try client.receiveLine()
                try browser.wait(until: "\(rows) === 2")
                #expect(try browser.value(of: "document.title") == "relay chat")
                let scripts = "document.querySelectorAll('script, img').length"
                #expect(try browser.value(of: scripts) == "1")
                #expect(
                    try browser.value(of: "document.querySelector('.words').textContent")
                        == "\"<script>document.title = 'broken in'</script>\"")
                // To the last message, to the one before, and open.
                try browser.press("ArrowUp", code: 38)
                try browser.press("ArrowUp", code: 38)
                try browser.press("Enter", code: 13)
                try browser.wait(until: "document.querySelectorAll('.detail').length === 1")
                let focused = "document.activeElement.textContent"
                #expect(try browser.value(of: focused).hasPrefix("1client says \"<script>"))
                #expect(
                    try browser.value(of: "document.querySelector('.detail').textContent")
                        .contains("3c 73 63 72 69 70 74 3e"))
                try browser.press("Escape", code: 27)
                #expect(
                    try browser.value(of: "document.querySelectorAll('.detail').length") == "0")
                client.reset()
                try browser.wait(
                    until: "document.querySelector('.resets')?.textContent.includes('× client')")
                _ = try relay.lines()
                try browser.wait(
                    until: "document.querySelector('#state').textContent.includes('has ended')")
            }
        }
    }
}
