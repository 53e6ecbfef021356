import Foundation
import Testing

/// Programming 2, Processing Client Requests: the limits of a format, a reply and a turn.
struct StrftimeLimitTests {
    @Test(arguments: StrftimeServiceTests.servers)
    func aReplyHasAtMost64KiB(name: String) throws {
        let tooLong = "error: the time in this format is longer than 65536 bytes"
        try withStrftimeServer(name) { _, port in
            let peer = try RawClient(port: port)
            for (format, reply) in [
                (
                    String(repeating: "%c", count: 2_048),
                    String(repeating: "Sat Nov 21 23:59:59 2026", count: 2_048)
                ),
                ("%65536d", String(repeating: "0", count: 65_534) + "21"),
                ("%65537d", tooLong), ("%1000000d", tooLong),
                ("%99999999999999999999d", tooLong), ("x%65536d", tooLong),
                (String(repeating: "\0%30000d", count: 400), tooLong),
                // The escaped line end has five bytes.
                ("%65531d%n", String(repeating: "0", count: 65_529) + "21\\u{A}"),
                ("%65532d%n", tooLong),
            ] {
                try peer.send(format + "\n")
                let line = try peer.receiveLine()
                // Do not compare the texts in #expect, or a failure would show all of them.
                let isExpected = line == reply
                #expect(isExpected, "\(format.prefix(20)): \(line.prefix(60))")
            }
            // The connection has worked all the time.
            try peer.send("%d\n")
            #expect(try peer.receiveLine() == "21")
        }
    }

    @Test(arguments: StrftimeServiceTests.servers)
    func aFormatHasAtMost4096Bytes(name: String) throws {
        try withStrftimeServer(name) { server, port in
            let peer = try RawClient(port: port)
            let longest = String(repeating: "x", count: 4_096)
            for ending in ["\n", "\r\n"] {
                try peer.send(longest + ending)
                let isEchoed = try peer.receiveLine() == longest
                #expect(isEchoed)
            }
            let problem =
                "message longer than 4096 bytes; send shorter ones, each with a newline at its end"
            for text in [longest + "x\n", String(repeating: "%c", count: 10_000)] {
                let other = try RawClient(port: port)
                peer.close()
                let own = try other.localPort
                try other.send(text)
                other.shutdownSending()
                // The stream ends without a reset, though the server did not read all of it.
                #expect(try other.receiveToEnd() == Array("error: \(problem)".utf8))
                #expect(
                    try server.waitForLine(on: .standardError, containing: "longer")
                        == "\(name): 127.0.0.1:\(own): \(problem)")
            }
            // A client that has sent a whole message has a number.
            let known = try RawClient(port: port)
            try known.send("%d\n" + longest + "x\n")
            #expect(try known.receiveToEnd() == Array("21\nerror: \(problem)\n".utf8))
            #expect(
                try server.waitForLine(on: .standardError, containing: "longer")
                    == "\(name): client 2: \(problem)")
            try server.waitForLine(containing: "client 2 left")
        }
    }

    @Test(arguments: StrftimeServiceTests.servers)
    func aFormatThatHasBegunMustBeWholeInTime(name: String) throws {
        try withStrftimeServer(name, ["--timeout", "0.2"]) { server, port in
            let peer = try RawClient(port: port)
            try peer.send("%d\n")
            #expect(try peer.receiveLine() == "21")
            // It sends a byte now and then, and gets no more time by that.
            repeat {
                guard peer.sendWithoutWaiting([0x61]) != nil else { break }
            } while !isReady(peer.descriptor, for: Int32(POLLIN), by: Date() + 0.02)
            let line = try server.waitForLine(on: .standardError, containing: "no whole")
            #expect(
                line.hasPrefix("\(name): client 1: no whole message within 0.2 s: only "))
            try server.waitForLine(containing: "client 1 left")
        }
    }

    @Test(arguments: StrftimeServiceTests.servers)
    func betweenTwoFormatsAPersonMayTakeForEver(name: String) throws {
        try withStrftimeServer(name, ["--timeout", "0.05"]) { _, port in
            let peer = try RawClient(port: port)
            for _ in 1...2 {
                // A client that waits for a silent server is the clock.
                let other = try HostileServer.silent.result(of: "strftime-client") {
                    ["127.0.0.1", "\($0)", "%d", "--timeout", "0.2"]
                }
                #expect(other.exit == 1)
                try peer.send("%d\n")
                #expect(try peer.receiveLine() == "21")
            }
        }
    }
}
