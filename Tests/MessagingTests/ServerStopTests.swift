import Foundation
import Protocol
import Sockets
import Testing

@testable import Messaging

@Suite struct ServerStopTests {
    @Test(arguments: Poller.Mechanism.allCases)
    func closesEveryConnectionInGoodOrder(_ mechanism: Poller.Mechanism) throws {
        let test = try lineServer(poller: mechanism)
        let (client, peer) = try test.join(Array("hello\n".utf8))
        let (other, otherPeer) = try test.join(Array("hello\n".utf8))
        let probe = try test.connect()
        try test.accept()
        peer.send("goodbye")
        otherPeer.send(String(repeating: "x", count: 300_000))
        try client.sendAll("never read")
        test.server.close()
        try client.expect("goodbye\n")
        try client.expectEnd()
        try other.expect(String(repeating: "x", count: 300_000) + "\n")
        try other.expectEnd()
        try probe.expectEnd()
        #expect(test.server.connectionCount == 0)
        #expect(try test.server.nextEvent() == nil)
        test.server.close()
        peer.send("late")
        peer.close()
        #expect(throws: SocketError.self) { try test.connect() }
        #expect(test.log == [])
    }

    /// A pause between accepts must not outlive the listener.
    @Test func closesWhileDescriptorsHaveRunOut() throws {
        let test = try lineServer()
        let (client, _) = try test.join(Array("hello\n".utf8))
        test.server.loop.acceptAgain = .now
        test.server.close()
        try client.expectEnd()
        #expect(test.log == [])
    }

    @Test func aPeerOutlivesItsServer() throws {
        var test: ServerUnderTest? = try lineServer()
        let joined = try test?.join(Array("hello\n".utf8))
        let peer = try #require(joined?.peer)
        test?.server.close()
        test = nil
        peer.send("nobody")
        peer.close()
        #expect(peer.label == "client 1")
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func stopsAtASignal(_ number: Int32) async {
        await #expect(processExitsWith: .success) { [number] in
            let test = try lineServer()
            let (client, peer) = try test.join(Array("hello\n".utf8))
            peer.send("goodbye")
            kill(getpid(), number)
            #expect(try test.server.nextEvent() == nil)
            try client.expect("goodbye\n")
            try client.expectEnd()
            #expect(test.server.connectionCount == 0)
        }
    }
}

extension MessageServer.Event: Equatable {
    /// Only to compare with `nil`.
    public static func == (left: Self, right: Self) -> Bool { false }
}
