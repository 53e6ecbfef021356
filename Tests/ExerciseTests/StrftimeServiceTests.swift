import Foundation
import Testing

/// Programming 2, Processing Client Requests: the answers of both servers.
struct StrftimeServiceTests {
    static let servers = ["strftime-server", "threaded-server"]

    @Test(arguments: servers)
    func eachFormatIsAnsweredWithTheTimeInIt(name: String) throws {
        try withStrftimeServer(name) { server, port in
            let peer = try RawClient(port: port)
            // The results are those of Python's time.strftime.
            for (format, reply) in [
                ("%Y-%m-%d", "2026-11-21"), ("%H:%M:%S", "23:59:59"),
                ("%A, %d %B %Y", "Saturday, 21 November 2026"),
                ("%c", "Sat Nov 21 23:59:59 2026"), ("%j %U %u %I %p", "325 46 6 11 PM"),
                ("%s", "1795305599"), ("100%%", "100%"), ("no conversion", "no conversion"),
                ("", ""),
                (" %d ", " 21 "), ("grüße %d 日本 😀", "grüße 21 日本 😀"), ("%d\r", "21"),
                ("%d\r\r", "21\\u{D}"),
                ("%%%", "error: the format ends with a lone %; a percent sign is %%"), ("%!", "%!"),
            ] {
                try peer.send(format + "\n")
                #expect(try peer.receiveLine() == reply)
            }
            peer.shutdownSending()
            #expect(try peer.receiveToEnd() == [])
            peer.close()
            try server.waitForLine(containing: "left")
            #expect(server.standardOutput == "client 1 joined\nclient 1 left\n")
            #expect(server.standardError == "\(name): listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test(arguments: servers)
    func theTimeIsThatOfTheZone(name: String) throws {
        // POSIX writes a zone east of Greenwich with a minus.
        let zone = ["TZ": "XYZ-5:30"]
        try withStrftimeServer(name, environment: zone) { _, port in
            let peer = try RawClient(port: port)
            try peer.send("%F %T %Z %z\n")
            #expect(try peer.receiveLine() == "2026-11-22 05:29:59 XYZ +0530")
        }
    }

    @Test(arguments: servers)
    func withoutAFixedClockItIsTheTimeNow(name: String) throws {
        try withProgram(name, ["127.0.0.1", "0", "--pause", "0"]) { server in
            let peer = try RawClient(port: server.listeningPort())
            let before = Int(time(nil))
            try peer.send("%s\n")
            let told = try #require(Int(try peer.receiveLine()))
            #expect((before...Int(time(nil))).contains(told))
        }
    }

    @Test(arguments: servers)
    func aReplyIsOneLineAndMovesNoCursor(name: String) throws {
        try withStrftimeServer(name) { _, port in
            let peer = try RawClient(port: port)
            for (format, reply) in [
                ("%H%n%M%t%S", "23\\u{A}59\t59"), ("\u{1B}[2J%d", "\\u{1B}[2J21"),
                ("a\0b\0", "a\\u{0}b\\u{0}"), ("\u{202E}%d\u{2066}", "\\u{202E}21\\u{2066}"),
                ("\u{85}\u{7F}", "\\u{85}\\u{7F}"),
            ] {
                try peer.send(format + "\n")
                #expect(try peer.receiveLine() == reply)
            }
            try peer.send([0x25, 0x64, 0xFF, 0x25, 0xC3, 0x0A])
            #expect(try peer.receiveLine() == "error: the format is not UTF-8")
        }
    }

    @Test(arguments: servers)
    func aReplyHasALineEndIfTheFormatHadOne(name: String) throws {
        try withStrftimeServer(name, ["--pause", "0.05"]) { _, port in
            let peer = try RawClient(port: port)
            // There is no line end, so a pause ends the first message, and the second, too.
            for _ in 1...2 {
                try peer.send("%d")
                #expect(try peer.receiveText(exactly: 2) == "21")
            }
            try peer.send("%d\n%H")
            #expect(try peer.receiveText(exactly: 3) == "21\n")
            peer.shutdownSending()
            #expect(try peer.receiveToEnd() == Array("23\n".utf8))
            let bare = try RawClient(port: port)
            try bare.send("%d")
            bare.shutdownSending()
            #expect(try bare.receiveToEnd() == Array("21".utf8))
        }
    }

    @Test(arguments: servers)
    func aReplyLeavesInOnePiece(name: String) throws {
        try withStrftimeServer(name) { _, port in
            let peer = try RawClient(port: port)
            try peer.send("%c\n")
            #expect(try peer.receiveOnce() == Array("Sat Nov 21 23:59:59 2026\n".utf8))
        }
    }

    @Test(arguments: servers)
    func aResetIsToldAndAProbeChangesNothing(name: String) throws {
        try withStrftimeServer(name) { server, port in
            for _ in 0..<5 { try RawClient(port: port).reset() }
            for _ in 0..<5 { try RawClient(port: port).close() }
            let peer = try RawClient(port: port)
            try peer.send("%d\n")
            #expect(try peer.receiveLine() == "21")
            let own = try peer.localPort
            peer.reset()
            try server.waitForLine(containing: "client 1 left")
            #expect(server.standardOutput == "client 1 joined\nclient 1 left\n")
            try expectWritten(
                by: server, on: .standardError,
                """
                \(name): listening on 127.0.0.1:\(port)
                \(name): client 1: cannot receive from 127.0.0.1:\(own): connection reset by \
                peer; the other program ended, or closed before it had read everything

                """)
        }
    }

    @Test(arguments: servers)
    func everyMessageIsTraced(name: String) throws {
        try withStrftimeServer(name, ["-v"]) { server, port in
            let peer = try RawClient(port: port)
            let own = try peer.localPort
            try peer.send("%d\u{1B}\n")
            _ = try peer.receiveLine()
            try expectWritten(
                by: server, on: .standardError,
                """
                \(name): listening on 127.0.0.1:\(port)
                \(name): from 127.0.0.1:\(own): "%d\\u{1B}" [25 64 1b 0a]
                \(name): to 127.0.0.1:\(own): "21\\u{1B}" [32 31 5c 75 7b 31 42 7d 0a]

                """)
        }
    }

    @Test(.requiresIPv6, arguments: servers)
    func itServesIPv6(name: String) throws {
        try withProgram(name, ["::1", "0", "--pause", "0"]) { server in
            let port = try server.listeningPort()
            #expect(server.standardError == "\(name): listening on [::1]:\(port)\n")
            let peer = try RawClient(port: port, address: "::1")
            try peer.send("%%\n")
            #expect(try peer.receiveLine() == "%")
        }
    }

    @Test(.requiresPython, arguments: servers)
    func aNaiveClientMeetsOurServer(name: String) throws {
        try withStrftimeServer(name, ["--pause", "0.1"]) { server, port in
            #expect(
                try PythonPeer.run(
                    "strftime_client", ["127.0.0.1", "\(port)", "%H:%M", "%A, %d %B", "%c"])
                    == ProgramResult(
                        exit: 0,
                        stdout: "23:59\nSaturday, 21 November\nSat Nov 21 23:59:59 2026\n",
                        stderr: ""))
            try server.waitForLine(containing: "client 1 left")
        }
    }
}

/// Runs a server of the strftime service at a fixed time on a port that the system chooses, without
/// a pause if the options name none.
func withStrftimeServer(
    _ name: String, _ options: [String] = [], environment: [String: String] = ["TZ": "UTC"],
    descriptorLimit: Int? = nil, _ body: (Running, Int) throws -> Void
) throws {
    let pause = options.contains("--pause") ? [] : ["--pause", "0"]
    try withProgram(
        name, ["127.0.0.1", "0", "--at", "1795305599"] + pause + options,
        environment: environment, descriptorLimit: descriptorLimit
    ) { try body($0, try $0.listeningPort()) }
}

extension RawClient {
    /// Asks a strftime server for the day of the month and checks the reply.
    func expectDay() throws {
        try send("%d\n")
        let reply = try receiveLine()
        #expect(reply == "21")
    }
}
