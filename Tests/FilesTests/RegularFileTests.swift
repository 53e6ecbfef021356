import CSystem
import Testing

@testable import Files

@Suite struct RegularFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.put("digits", "0123456789")
    }

    @Test func partsAreRead() throws {
        let file = try Folder(folder.path).open("digits")
        #expect(file.size == 10)
        #expect(file.name == "digits")
        var buffer = Array("......".utf8)
        #expect(try file.read(into: &buffer, from: 3, count: 4) == 4)
        #expect(buffer == Array("3456..".utf8))
        #expect(try file.read(into: &buffer, from: 8, count: 6) == 2)
        #expect(buffer == Array("8956..".utf8))
        #expect(try file.read(into: &buffer, from: 10, count: 6) == 0)
        #expect(try file.read(into: &buffer, from: 1_000, count: 6) == 0)
        #expect(try file.read(into: &buffer, from: 0, count: 0) == 0)
    }

    @Test func blocksAreReadBetweenGaps() throws {
        let file = try Folder(folder.path).open("digits")
        var buffer = Array(repeating: UInt8(ascii: "."), count: 18)
        #expect(
            try file.read(from: 0, count: 10, into: &buffer, blockSize: 4, gap: 2) == 10)
        #expect(String(decoding: buffer, as: UTF8.self) == "..0123..4567..89..")

        buffer = Array(repeating: UInt8(ascii: "."), count: 18)
        #expect(try file.read(from: 5, count: 9, into: &buffer, blockSize: 3, gap: 1) == 5)
        #expect(String(decoding: buffer, as: UTF8.self) == ".567.89...........")
    }

    @Test func manyBlocksNeedSeveralCalls() throws {
        // 2,500 blocks of one byte: one system call takes 1,024 parts.
        let text = String(repeating: "abcde", count: 500)
        try folder.put("many", text)
        let file = try Folder(folder.path).open("many")
        var buffer = Array(repeating: UInt8(ascii: "-"), count: 5_000)
        #expect(
            try file.read(from: 0, count: 2_500, into: &buffer, blockSize: 1, gap: 1) == 2_500)
        #expect(
            String(decoding: buffer, as: UTF8.self) == String(repeating: "-a-b-c-d-e", count: 500))
    }

    @Test func aChangedSizeIsSeen() throws {
        let file = try Folder(folder.path).open("digits")
        try #require(truncate(folder("digits"), 4) == 0)
        #expect(file.size == 10)
        #expect(try file.currentSize() == 4)
        var buffer = [UInt8](repeating: 0, count: 10)
        #expect(try file.read(into: &buffer, from: 0, count: 10) == 4)
    }
}
