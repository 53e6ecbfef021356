import Foundation
import Testing

/// The two programs of a talk with each other, and each with a student's program.
struct TalkPeersTests {
    @Test func ourClientTalksWithOurServer() throws {
        try withTalkServer { server, port in
            let arguments = ["127.0.0.1", "\(port)", "--pause", "0"]
            try withProgram("talk-client", arguments) { anna in
                try anna.write("hello\n")
                try server.waitForLine(containing: "hello")
                // Bob waits for Anna.
                try withProgram("talk-client", arguments) { bob in
                    try bob.write("here is Bob\n")
                    try server.write("hi\n")
                    try anna.waitForLine(containing: "hi")
                    try anna.write("EXIT\n")
                    #expect(try anna.waitForExit() == 0)
                    try server.waitForLine(containing: "here is Bob")
                    try server.write("EXIT\n")
                    #expect(try bob.waitForExit() == 0)
                    #expect(anna.standardOutput == "hi\n" && bob.standardOutput.isEmpty)
                    #expect(anna.standardError.isEmpty && bob.standardError.isEmpty)
                }
            }
            #expect(server.standardOutput == "hello\nhere is Bob\n")
            #expect(server.standardError == "talk-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func theServersSignalEndsTheClientSilently() throws {
        try withTalkServer { server, port in
            try withProgram("talk-client", ["127.0.0.1", "\(port)", "--pause", "0"]) { client in
                try client.write("hello\n")
                try server.waitForLine(containing: "hello")
                server.signal(SIGTERM)
                #expect(try server.waitForExit() == 0)
                #expect(try client.waitForExit() == 0)
                #expect(client.standardOutput.isEmpty && client.standardError.isEmpty)
            }
        }
    }

    @Test(.requiresPython) func ourServerTalksWithANaiveClient() throws {
        try withTalkServer(["--pause", "0.1"]) { server, port in
            for number in 1...2 {
                try PythonPeer.with("talk_client", ["127.0.0.1", "\(port)"]) { client in
                    try client.write("hello\n")
                    try server.waitForLine(containing: "hello")
                    try server.write("gr\u{FC}\u{DF} dich\n")
                    try client.waitForLine(containing: "gr\u{FC}\u{DF} dich")
                    try client.write("bye \(number)\n")
                    try server.waitForLine(containing: "bye \(number)")
                    try server.write(number == 1 ? "EXIT\n" : "bye\n")
                    if number == 2 { try client.write("EXIT\n") }
                    #expect(try client.waitForExit() == 0)
                    #expect(
                        client.standardOutput
                            == "gr\u{FC}\u{DF} dich\n" + (number == 1 ? "" : "bye\n"))
                    #expect(client.standardError.isEmpty)
                }
            }
            try expectServed(by: server)
        }
    }

    @Test(.requiresPython, arguments: [[], ["--bare"]])
    func ourClientTalksWithANaiveServer(options: [String]) throws {
        try PythonPeer.with("talk_server", ["127.0.0.1", "0"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "--pause", "0.1"]
            for number in 1...2 {
                try withProgram("talk-client", arguments + options) { client in
                    try client.write("hello \(number)\n")
                    try server.waitForLine(containing: "hello \(number)")
                    try server.write("gr\u{FC}\u{DF} dich\n")
                    try client.waitForLine(containing: "gr\u{FC}\u{DF} dich")
                    if number == 1 {
                        try client.write("EXIT\n")
                    } else {
                        try client.write("bye\n")
                        try server.waitForLine(containing: "bye")
                        try server.write("EXIT\n")
                    }
                    #expect(try client.waitForExit() == 0)
                    #expect(client.standardOutput == "gr\u{FC}\u{DF} dich\n")
                    #expect(client.standardError.isEmpty)
                }
            }
        }
    }
}
