import Foundation
import Sockets
import Testing

@Suite struct OptionTests {
    /// As on the sheet: `s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`.
    @Test func turnsOptionsOnAndOff() throws {
        let stream = try Socket(.ipv4, .stream)
        let datagram = try Socket(.ipv4, .datagram)
        for (socket, option) in [
            (stream, SocketOption.reuseAddress), (stream, .reusePort), (stream, .keepAlive),
            (stream, .noDelay), (datagram, .broadcast), (datagram, .reuseAddress),
        ] {
            #expect(try socket.option(option) == 0)
            try socket.setOption(option, to: 1)
            #expect(try socket.option(option) != 0)
            try socket.setOption(option, to: 0)
            #expect(try socket.option(option) == 0)
        }
        // "All other integers turn it on."
        try stream.setOption(.reuseAddress, to: 512)
        #expect(try stream.option(.reuseAddress) != 0)
    }

    @Test func setsNumbers() throws {
        let socket = try Socket(.ipv4, .stream)
        try socket.setOption(.timeToLive, to: 7)
        #expect(try socket.option(.timeToLive) == 7)
        for option in [SocketOption.receiveBuffer, .sendBuffer] {
            try socket.setOption(option, to: 20_000)
            #expect(try [20_000, 40_000].contains(socket.option(option)))
        }
        #expect(try socket.option(.error) == 0)
    }

    @Test func asksASilentPeerForSignsOfLife() throws {
        let socket = try Socket(.ipv4, .stream)
        try socket.keepAlive()
        #expect(try socket.option(.keepAlive) != 0)
        #expect(try socket.option(.keepAliveIdle) == 60)
        #expect(try socket.option(.keepAliveCount) == 4)
        #expect(try socket.option(.keepAliveInterval) == 15)
    }

    @Test(.requiresIPv6) func separatesIPv6FromIPv4() throws {
        let socket = try Socket(.ipv6, .stream)
        try socket.setOption(.ipv6Only, to: 1)
        #expect(try socket.option(.ipv6Only) == 1)
        try socket.setOption(.ipv6Only, to: 0)
        #expect(try socket.option(.ipv6Only) == 0)
    }

    @Test func takesOptionsByNumberAndAsBytes() throws {
        let socket = try Socket(.ipv4, .stream)
        #expect(SocketOption(.socket, SO_REUSEADDR) == .reuseAddress)
        #expect(SocketOption(.ip, SO_REUSEADDR) != .reuseAddress)
        // struct linger: on, for 5 s.
        try socket.setOption(SocketOption(.socket, SO_LINGER), toBytes: [1, 0, 0, 0, 5, 0, 0, 0])
        #expect(
            try socket.optionBytes(SocketOption(.socket, SO_LINGER), count: 64)
                == [1, 0, 0, 0, 5, 0, 0, 0])
        #expect(try socket.optionBytes(.reuseAddress, count: 4) == [0, 0, 0, 0])
    }

    @Test func saysWhenAnOptionIsUnknown() throws {
        let socket = try Socket(.ipv4, .stream)
        let error = expectFailure(.option, ENOPROTOOPT) {
            try socket.setOption(SocketOption(.tcp, 9_999), to: 1)
        }
        #expect(error?.description == "cannot set a socket option: protocol not available")
        socket.close()
        expectFailure(.option, EBADF) { _ = try socket.option(.error) }
    }
}
