import CSystem
import Testing

@testable import Console

/// A pipe; its reading end plays the keyboard.
private final class Pipe {
    let reading: Int32
    private var writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        end()
        close(reading)
    }

    func type(_ text: String) {
        type(Array(text.utf8))
    }

    func type(_ bytes: [UInt8]) {
        #expect(CSystem.write(writing, bytes, bytes.count) == bytes.count)
    }

    func end() {
        if writing >= 0 { close(writing) }
        writing = -1
    }
}

@Suite struct KeyboardTests {
    @Test func linesAreReadOneAtATime() throws {
        let pipe = try Pipe()
        let keyboard = Keyboard(descriptor: pipe.reading)
        pipe.type("one\r\n\ntwo\rx\nlast\r")
        pipe.end()
        #expect(try keyboard.readLine() == "one")
        #expect(try keyboard.readLine() == "")
        #expect(try keyboard.readLine() == "two\rx")
        #expect(!keyboard.isAtEnd)
        #expect(try keyboard.readLine() == "last\r")
        #expect(keyboard.isAtEnd)
        #expect(keyboard.descriptor == nil)
        #expect(try keyboard.readLine() == nil)
        #expect(try keyboard.readLines() == [])
    }

    @Test func whatFollowsALineIsLeft() throws {
        let pipe = try Pipe()
        pipe.type("mine\ntheirs\n")
        #expect(try Keyboard(descriptor: pipe.reading).readLine() == "mine")
        #expect(try Keyboard(descriptor: pipe.reading).readLine() == "theirs")
    }

    @Test func linesComeTogetherAndInParts() throws {
        let pipe = try Pipe()
        let keyboard = Keyboard(descriptor: pipe.reading)
        pipe.type("one\ntwo\r\nthr")
        #expect(try keyboard.readLines() == ["one", "two"])
        pipe.type("ee\r")
        #expect(try keyboard.readLines() == [])
        pipe.type("\n")
        #expect(try keyboard.readLines() == ["three"])
        pipe.type("rest")
        pipe.end()
        #expect(try keyboard.readLines() == [])
        #expect(keyboard.descriptor == pipe.reading)
        #expect(try keyboard.readLines() == ["rest"])
        #expect(keyboard.descriptor == nil)
    }

    @Test func theTwoWaysOfReadingMix() throws {
        let pipe = try Pipe()
        let keyboard = Keyboard(descriptor: pipe.reading)
        pipe.type("one\ntw")
        #expect(try keyboard.readLines() == ["one"])
        pipe.type("o\nthree\n")
        #expect(try keyboard.readLine() == "two")
        #expect(try keyboard.readLines() == ["three"])
    }

    @Test func wrongUTF8IsRepaired() throws {
        let pipe = try Pipe()
        let keyboard = Keyboard(descriptor: pipe.reading)
        pipe.type([0x61, 0xFF, 0x0A, 0xC3, 0xA4, 0x0A])
        #expect(try keyboard.readLine() == "a\u{FFFD}")
        #expect(try keyboard.readLine() == "ä")
    }

    @Test func nothingTypedYetIsNoEnd() throws {
        let path = "/tmp/keyboard-test-\(UInt64.random(in: .min ... .max))"
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let reading = system_open(path, O_RDONLY | O_NONBLOCK, 0)
        let writing = system_open(path, O_WRONLY, 0)
        defer {
            close(reading)
            close(writing)
        }
        let keyboard = Keyboard(descriptor: reading)
        #expect(try keyboard.readLines() == [])
        #expect(!keyboard.isAtEnd)
        #expect(CSystem.write(writing, "x\ny", 3) == 3)
        #expect(try keyboard.readLine() == "x")
    }

    @Test func anEmptyInputHasNoLines() throws {
        let pipe = try Pipe()
        pipe.end()
        #expect(try Keyboard(descriptor: pipe.reading).readLine() == nil)
        // A closed descriptor is an empty input as well.
        #expect(try Keyboard(descriptor: -1).readLines() == [])
    }

    @Test func aFolderIsNoInput() throws {
        let folder = system_open("/", O_RDONLY, 0)
        defer { close(folder) }
        let keyboard = Keyboard(descriptor: folder)
        let error = #expect(throws: InputError.self) { try keyboard.readLine() }
        #expect(error?.description == "cannot read standard input: is a directory")
        #expect(keyboard.isAtEnd)
    }

    @Test func endlessLinesAreRefused() throws {
        let zeros = system_open("/dev/zero", O_RDONLY, 0)
        defer { close(zeros) }
        let keyboard = Keyboard(descriptor: zeros)
        let error = #expect(throws: InputError.self) {
            while !keyboard.isAtEnd { _ = try keyboard.readLines() }
        }
        #expect(
            error?.description == "cannot read standard input: a line is longer than 1 MiB")
    }
}
