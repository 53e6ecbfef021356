import Foundation
import Sockets
import TestSupport
import Testing

@Suite struct SendFileTests {
    /// A file without a name, with these bytes.
    private func file(_ bytes: [UInt8]) throws -> UnsafeMutablePointer<FILE> {
        let file = try #require(tmpfile())
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fflush(file)
        return file
    }

    @Test func sendsAPartOfAFile() throws {
        let (client, server) = try connectedPair()
        let file = try file(Array("0123456789".utf8))
        defer { fclose(file) }
        #expect(try server.sendFile(fileno(file), from: 3, count: 4) == 4)
        #expect(try client.receive(exactly: 4) == Array("3456".utf8))
        #expect(try server.sendFile(fileno(file), from: 8, count: 100) == 2)
        #expect(try client.receive(exactly: 2) == Array("89".utf8))
        #expect(try server.sendFile(fileno(file), from: 10, count: 100) == 0)
        expectFailure(.send, EBADF) { _ = try server.sendFile(-1, from: 0, count: 1) }
    }

    @Test func sendsALargeFileWithoutWaiting() throws {
        let (client, server) = try connectedPair()
        let bytes = (0..<8_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        let file = try file(bytes)
        defer { fclose(file) }
        try server.setBlocking(false)
        let reader = Background { [client = UncheckedSendable(client)] in
            try client.value.receive(exactly: 8_000_000)
        }
        var offset = 0
        while offset < bytes.count {
            if let sent = try server.sendFile(fileno(file), from: offset, count: 1_000_000) {
                offset += sent
            } else {
                #expect(try server.waitUntilReady(for: .writing))
            }
        }
        #expect(try reader.value() == bytes)
    }

    @Test func givesUpAFileThatNobodyTakes() throws {
        let (client, server) = try connectedPair()
        let file = try file([UInt8](repeating: 1, count: 1_000_000))
        defer { fclose(file) }
        try server.setTimeout(.milliseconds(20))
        let error = expectFailure(.send, ETIMEDOUT) {
            while try server.sendFile(fileno(file), from: 0, count: 1_000_000) != 0 {}
        }
        #expect(error?.isTimeout == true)
        client.close()
    }
}
