import Conversations
import Testing

/// The bytes were worked out by a Python program that knows nothing of ours.
@Suite struct CaptureTests {
    @Test func theFileBeginsAsTheFormatHasIt() {
        #expect(
            hex(Capture.fileHeader) == "d4c3b2a1020004000000000000000000" + "0000040065000000")
    }

    @Test func aConversationIsWrittenAsItsPackets() throws {
        var stream = try stream()
        #expect(
            hex(stream.connect(at: time(0)))
                == "04000000050000002800000028000000450000280000400040063cce7f0000017f000001"
                + "c3502710000f4241000000005002ffff852f0000"
                + "04000000050000002800000028000000450000280000400040063cce7f0000017f000001"
                + "2710c350800f4241000f42425012ffffc2cd0000"
                + "04000000050000002800000028000000450000280000400040063cce7f0000017f000001"
                + "c3502710000f4242800f42425010ffffc2ce0000")
        #expect(
            hex(stream.receive(Array("hi\n".utf8), from: .client, at: time(100)))
                == "04000000a58601002b0000002b0000004500002b0000400040063ccb7f0000017f000001"
                + "c3502710000f4242800f42425018ffff505a000068690a")
        #expect(
            hex(stream.receive(Array("ok".utf8), from: .server, at: time(200)))
                == "04000000450d03002a0000002a0000004500002a0000400040063ccc7f0000017f000001"
                + "2710c350800f4242000f42455018ffff535600006f6b")
        var reset = stream
        #expect(
            hex(stream.end(of: .client, at: time(300)))
                == "04000000e59304002800000028000000450000280000400040063cce7f0000017f000001"
                + "c3502710000f4245800f42445011ffffc2c80000"
                + "04000000e59304002800000028000000450000280000400040063cce7f0000017f000001"
                + "2710c350800f4244000f42465010ffffc2c80000")
        #expect(
            hex(stream.end(of: .server, at: time(400)))
                == "04000000851a06002800000028000000450000280000400040063cce7f0000017f000001"
                + "2710c350800f4244000f42465011ffffc2c70000"
                + "04000000851a06002800000028000000450000280000400040063cce7f0000017f000001"
                + "c3502710000f4246800f42455010ffffc2c70000")
        // The client's end has a number of its own, which is missing here.
        #expect(
            hex(reset.reset(by: .server, at: time(300)))
                == "04000000e59304002800000028000000450000280000400040063cce7f0000017f000001"
                + "2710c350800f4244000f42455014ffffc2c50000")
    }

    @Test func aDatagramIsWrittenWithBothItsChecksums() throws {
        let server = try #require(Capture.Address(bytes: loopback, port: 12_000))
        let client = try #require(Capture.Address(bytes: loopback, port: 40_000))
        let reply = Capture.datagram(Array("time".utf8), from: server, to: client, at: time(0))
        #expect(
            hex(reply)
                == "0400000005000000340000003400000060000000000c114000000000000000000000000000"
                + "000001000000000000000000000000000000012ee09c40000c52e574696d65")
    }

    @Test func aChecksumOfZeroIsWrittenAsOnes() throws {
        let server = try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 12_000))
        let client = try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 40_000))
        let bytes = Capture.datagram([0x36, 0xB7], from: server, to: client, at: time(0))
        #expect(
            hex(bytes)
                == "04000000050000001e0000001e0000004500001e0000400040113ccd7f0000017f000001"
                + "2ee09c40000affff36b7")
    }

    /// A socket that serves both kinds writes IPv4 addresses as IPv6 ones.
    @Test func anIPv4AddressInSixteenBytesIsOne() throws {
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 127, 0, 0, 1]
        let address = try #require(Capture.Address(bytes: mapped, port: 1))
        #expect(address == Capture.Address(bytes: [127, 0, 0, 1], port: 1))
        let record = Capture.datagram([], from: address, to: address, at: .zero)
        #expect(hex(record[28..<36]) == "7f0000017f000001")
    }

    @Test func whatIsNoAddressIsNone() {
        #expect(Capture.Address(bytes: [1, 2, 3], port: 1) == nil)
        #expect(Capture.Address(bytes: [127, 0, 0, 1], port: 65_536) == nil)
        #expect(Capture.Address(bytes: [127, 0, 0, 1], port: -1) == nil)
    }

    @Test func addressesOfBothKindsMakePacketsOfTheLongerOne() throws {
        let old = try #require(Capture.Address(bytes: [10, 0, 0, 1], port: 1))
        let new = try #require(Capture.Address(bytes: loopback, port: 2))
        let record = Capture.datagram([], from: old, to: new, at: .zero)
        #expect(hex(record[24..<40]) == "00000000000000000000ffff0a000001")
    }

    @Test func nothingFollowsAReset() throws {
        var stream = try stream()
        #expect(!stream.reset(by: .client, at: time(0)).isEmpty)
        #expect(stream.receive([1], from: .server, at: time(0)).isEmpty)
        #expect(stream.end(of: .server, at: time(0)).isEmpty)
        #expect(stream.reset(by: .server, at: time(0)).isEmpty)
    }

    @Test func nothingFollowsTheEndOfASide() throws {
        var stream = try stream()
        #expect(!stream.end(of: .client, at: time(0)).isEmpty)
        #expect(stream.receive([1], from: .client, at: time(0)).isEmpty)
        #expect(stream.end(of: .client, at: time(0)).isEmpty)
        #expect(!stream.receive([1], from: .server, at: time(0)).isEmpty)
    }

    private let loopback = [UInt8](repeating: 0, count: 15) + [1]

    private func stream() throws -> Capture.Stream {
        Capture.Stream(
            client: try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 50_000)),
            server: try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 10_000)))
    }

    private func time(_ milliseconds: Int) -> Duration {
        .microseconds(4_000_005) + .milliseconds(milliseconds)
    }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
