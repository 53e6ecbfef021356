import Conversations
import Foundation
import Testing

/// What a reader that the world uses finds in a capture file.
@Suite(.enabled(if: reader != nil, "needs tshark"))
struct CaptureReaderTests {
    /// 200,000 bytes each way, more than a packet and than the window has room for.
    private let request = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7 / 3) }
    private let reply = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 5) }

    @Test(arguments: [
        ([127, 0, 0, 1], [192, 0, 2, 1]), (loopback, other), ([10, 0, 0, 1], loopback),
    ])
    func aConversationIsFollowedByteForByte(_ hosts: ([UInt8], [UInt8])) throws {
        var stream = Capture.Stream(
            client: try #require(Capture.Address(bytes: hosts.0, port: 50_000)),
            server: try #require(Capture.Address(bytes: hosts.1, port: 10_001)))
        var file = Capture.fileHeader
        file += stream.connect(at: .seconds(1_700_000_000))
        file += stream.receive(Array(request[..<150_000]), from: .client, at: time(1))
        file += stream.receive(Array(request[150_000...]), from: .client, at: time(2))
        file += stream.receive([1], from: .server, at: time(3))
        file += stream.end(of: .client, at: time(4))
        for start in stride(from: 0, to: reply.count, by: 40_000) {
            file += stream.receive(
                Array(reply[start..<start + 40_000]), from: .server, at: time(5))
        }
        file += stream.end(of: .server, at: time(6))

        let folder = try CaptureFile(file)
        #expect(try folder.complaints(at: "note") == [])
        #expect(try folder.followed() == [request, [1] + reply])
        // Nobody sends more than the window has room for.
        let flights = try folder.fields("tcp.analysis.bytes_in_flight").compactMap { Int($0) }
        #expect(try #require(flights.max()) <= 65_535)
    }

    @Test func aResetIsTheOnlyThingToNote() throws {
        var stream = Capture.Stream(
            client: try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 50_000)),
            server: try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 10_001)))
        var file = Capture.fileHeader
        file += stream.receive([1, 2, 3], from: .client, at: time(0))
        file += stream.receive([4], from: .client, at: time(1))
        file += stream.reset(by: .server, at: time(2))
        let folder = try CaptureFile(file)
        #expect(try folder.complaints(at: "note") == ["Connection reset (RST)"])
        #expect(try folder.followed() == [[1, 2, 3, 4], []])
    }

    @Test func aPortThatIsUsedAgainBeginsAnotherConversation() throws {
        let client = try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 50_000))
        let server = try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 10_001))
        var file = Capture.fileHeader
        for number in 0..<2 {
            var stream = Capture.Stream(client: client, server: server)
            file += stream.receive([UInt8(number)], from: .client, at: time(number))
            file += stream.end(of: .client, at: time(number))
            file += stream.end(of: .server, at: time(number))
        }
        let folder = try CaptureFile(file)
        #expect(try folder.complaints(at: "warn") == [])
        #expect(try folder.fields("tcp.stream").sorted() == ["0", "1"])
    }

    @Test func datagramsOfAnyLengthAreRead() throws {
        var file = Capture.fileHeader
        for (host, most) in [([192, 0, 2, 1], 65_507), (other, 65_527)] {
            let client = try #require(Capture.Address(bytes: host, port: 50_000))
            let server = try #require(Capture.Address(bytes: host, port: 40_001))
            for count in [0, 1, most, most + 1] {
                file += Capture.datagram(
                    Array(request.prefix(count)), from: client, to: server, at: time(0))
            }
        }
        let folder = try CaptureFile(file)
        #expect(try folder.complaints(at: "note") == [])
        #expect(
            try folder.rows("udp.length")
                == ["8", "9", "65515", "65515", "8", "9", "65535", "65535"])
    }

    @Test func theFileIsWholeAfterEveryHappening() throws {
        var stream = Capture.Stream(
            client: try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 50_000)),
            server: try #require(Capture.Address(bytes: [127, 0, 0, 1], port: 10_001)))
        var file = Capture.fileHeader
        for happening in 0..<4 {
            let folder = try CaptureFile(file)
            #expect(try folder.complaints(at: "note") == [])
            switch happening {
            case 0: file += stream.connect(at: time(0))
            case 1: file += stream.receive(request, from: .client, at: time(1))
            default: file += stream.end(of: .server, at: time(2))
            }
        }
    }

    private func time(_ milliseconds: Int) -> Duration {
        .seconds(1_700_000_000) + .milliseconds(milliseconds)
    }
}

private let loopback = [UInt8](repeating: 0, count: 15) + [1]
private let other: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]

private let reader: String? = {
    let paths = ["/usr/bin/tshark", "/usr/local/bin/tshark", "/opt/homebrew/bin/tshark"]
    return paths.first { access($0, X_OK) == 0 }
}()

/// A capture file, and what tshark says of it; removed in the end.
private final class CaptureFile {
    private let path = NSTemporaryDirectory() + "/capture-test-\(UUID().uuidString).pcap"

    init(_ bytes: [UInt8]) throws {
        try #require(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What is odd about the packets, wrong checksums included.
    func complaints(at severity: String) throws -> [String] {
        try tshark(["-q", "-z", "expert,\(severity)"]).split(separator: "\n").compactMap { line in
            // A row: how often, in which group, of which protocol, and what.
            let words = line.split(separator: " ")
            guard words.count > 3, Int(words[0]) != nil else { return nil }
            let complaint = words[3...].joined(separator: " ")
            // An ordinary end is noted, too.
            return complaint.hasSuffix("connection closing") ? nil : complaint
        }
    }

    /// The bytes of both sides, as "Follow TCP Stream" has them.
    func followed() throws -> [[UInt8]] {
        var sides: [[UInt8]] = [[], []]
        for line in try tshark(["-q", "-z", "follow,tcp,raw,0"]).split(separator: "\n") {
            let digits = line.drop { $0 == "\t" }
            guard digits.allSatisfy(\.isHexDigit), digits.count % 2 == 0 else { continue }
            let bytes = digits.utf8.map { UInt8(String(Unicode.Scalar($0)), radix: 16) ?? 0 }
            // The server's bytes are indented.
            let pairs = stride(from: 0, to: bytes.count, by: 2).map {
                bytes[$0] << 4 | bytes[$0 + 1]
            }
            sides[line.hasPrefix("\t") ? 1 : 0] += pairs
        }
        return sides
    }

    func rows(_ field: String) throws -> [String] {
        try tshark(["-T", "fields", "-e", field]).split(separator: "\n").map(String.init)
    }

    func fields(_ field: String) throws -> Set<String> { Set(try rows(field)) }

    private func tshark(_ arguments: [String]) throws -> String {
        let checks = ["ip.check_checksum", "tcp.check_checksum", "udp.check_checksum"]
        let words =
            [try #require(reader), "-n", "-r", path]
            + checks.flatMap { ["-o", "\($0):TRUE"] } + arguments
        let command = words.map { "'\($0)'" }.joined(separator: " ") + " 2>/dev/null </dev/null"
        // No program that another test starts meanwhile may inherit this end of the pipe.
        #if os(macOS)
            let mode = "r"
        #else
            let mode = "re"
        #endif
        let output = try #require(popen(command, mode))
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, output)
            guard count > 0 else { break }
            text += buffer[..<count]
        }
        try #require(pclose(output) == 0)
        return String(decoding: text, as: UTF8.self)
    }
}
