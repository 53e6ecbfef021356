import Foundation
import Testing

/// The end of a talk, seen from the server, which then talks with the next client.
struct TalkServerEndingTests {
    @Test func exactlyEXITClosesTheClientAndTheNextOneIsServed() throws {
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            for line in [" EXIT", "exit", "EXIT ", "Exit", "EXITS", "\tEXIT"] {
                try peer.send("x\n")
                try server.write(line + "\n")
                try peer.expectLine(line)
            }
            for line in ["EXIT", "EXIT\r"] {
                let peer = line == "EXIT" ? peer : try RawClient(port: port)
                try peer.send("x\n")
                try server.write(line + "\n")
                // It is not sent.
                #expect(try peer.receiveToEnd() == [])
                peer.close()
            }
            try expectServed(by: server)
            #expect(server.standardError == "talk-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func anEXITTypedWhileNobodyIsThereEndsTheNextTalk() throws {
        try withTalkServer { server, port in
            try server.write("EXIT\n")
            let peer = try RawClient(port: port)
            // Now it is the server's turn.
            try peer.send("hello\n")
            #expect(try peer.receiveToEnd() == [])
            peer.close()
            try expectServed(by: server)
            #expect(server.standardOutput == "hello\nare you there?\n")
        }
    }

    @Test func theEndOfInputCountsAsEXITForEveryClient() throws {
        try withTalkServer { server, port in
            try server.write("hi\nrest")
            let peer = try RawClient(port: port)
            try peer.send("one\n")
            try peer.expectLine("hi")
            try peer.send("two\n")
            server.closeInput()
            // A last line without an end is one, too.
            try peer.expectLine("rest")
            try peer.send("three\n")
            #expect(try peer.receiveToEnd() == [])
            for number in 4...6 {
                let peer = try RawClient(port: port)
                try peer.send("\(number)\nmore\n")
                #expect(try peer.receiveToEnd() == [])
            }
            // The message and the stream end together.
            let bare = try RawClient(port: port)
            try bare.send("bare")
            bare.shutdownSending()
            #expect(try bare.receiveToEnd() == [])
            try expectWritten(by: server, "one\ntwo\nthree\n4\n5\n6\nbare\n")
            #expect(server.standardError == "talk-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func aClientThatLeavesWhileThePersonThinksHoldsUpNobody() throws {
        try withTalkServer { server, port in
            for number in 1...5 {
                let peer = try RawClient(port: port)
                try peer.send("\(number)\n")
                try server.waitForLine(containing: "\(number)")
                // The next client comes before it leaves, or after that.
                let next = try RawClient(port: port)
                try next.send("next \(number)\n")
                peer.close()
                try server.waitForLine(containing: "next \(number)")
                next.close()
            }
            let last = try RawClient(port: port)
            try last.send("last\n")
            try server.waitForLine(containing: "last")
            try server.write("at last\n")
            try last.expectLine("at last")
            #expect(server.standardError == "talk-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test(arguments: [("hello", "hi"), ("hello\n", "hi\n")])
    func aClientThatEndsOnlyItsOwnStreamIsAnswered(message: String, reply: String) throws {
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            try peer.send(message)
            peer.shutdownSending()
            try server.waitForLine(containing: "hello")
            try server.write("hi\n")
            #expect(try peer.receiveToEnd() == Array(reply.utf8))
            try expectServed(by: server)
        }
    }

    @Test func aResetIsToldAtOnceInEitherTurn() throws {
        try withTalkServer { server, port in
            for isServersTurn in [true, false] {
                let peer = try RawClient(port: port)
                let own = try peer.localPort
                try peer.send("hello\n")
                try server.waitForLine(containing: "hello")
                if !isServersTurn {
                    try server.write("hi\n")
                    try peer.expectLine("hi")
                }
                peer.reset()
                #expect(
                    try server.waitForLine(on: .standardError, containing: ":\(own)")
                        == "talk-server: cannot receive from 127.0.0.1:\(own): "
                        + "connection reset by peer; the other program ended, "
                        + "or closed before it had read everything")
            }
            try expectServed(by: server)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItInGoodOrder(signal: Int32) throws {
        try withTalkServer { server, port in
            let peer = try RawClient(port: port)
            try peer.send("hello\n")
            try server.waitForLine(containing: "hello")
            server.signal(signal)
            #expect(try server.waitForExit() == 0)
            #expect(try peer.receiveToEnd() == [])
        }
    }
}
