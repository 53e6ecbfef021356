import CSystem
import Testing

@testable import Files

/// Lets no file of this process grow beyond `size` bytes; a longer write fails with EFBIG.
private func limitFiles(to size: UInt64) {
    ending_install(0)
    var limit = rlimit()
    // The number of the limit has a type of its own with glibc.
    #if canImport(Glibc)
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        limit.rlim_cur = rlim_t(size)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    #else
        getrlimit(RLIMIT_FSIZE, &limit)
        limit.rlim_cur = rlim_t(size)
        setrlimit(RLIMIT_FSIZE, &limit)
    #endif
}

// In these tests a limit on the file size stands for a full disk. It holds for a whole process, so
// each test runs in a process of its own.
@Suite struct JournalFailureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func replayed() throws -> [String] {
        var held: [String] = []
        _ = try Journal(in: folder("data"), named: "journal") { held.append($0) }
        return held
    }

    @Test func aRefusedRecordLeavesNothing() async throws {
        let path = folder("data")
        await #expect(processExitsWith: .success) { [path = path as String] in
            let journal = try Journal(in: path, named: "journal") { _ in }
            try journal.append("one")
            // 59 bytes of the first line and 13 of the second; a record of 15 bytes makes 25.
            for room in 72..<97 {
                limitFiles(to: UInt64(room))
                let error = #expect(throws: FileError.self) {
                    try journal.append("does not fit in")
                }
                #expect(error?.description == "cannot write '\(path)/journal': file too large")
                var status = stat()
                #expect(stat("\(path)/journal", &status) == 0 && status.st_size == 72)
            }
            limitFiles(to: 97)
            try journal.append("now it does fit")
        }
        #expect(try replayed() == ["one", "now it does fit"])
    }

    @Test func aNewJournalNeedsRoomForItsFirstLine() async throws {
        let path = folder("data")
        await #expect(processExitsWith: .success) { [path = path as String] in
            for room in 0..<59 {
                limitFiles(to: UInt64(room))
                let error = #expect(throws: FileError.self) {
                    try Journal(in: path, named: "journal") { _ in }
                }
                #expect(error?.description == "cannot write '\(path)/journal': file too large")
            }
            limitFiles(to: 59)
            _ = try Journal(in: path, named: "journal") { _ in }
        }
        #expect(try replayed() == [])
    }

    @Test func whatIsAppendedOutlivesAKill() async throws {
        let path = folder("data")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let journal = try Journal(in: path, named: "journal") { _ in }
            try journal.append("one")
            try journal.append(["two", "three"])
            kill(getpid(), SIGKILL)
        }
        #expect(try replayed() == ["one", "two", "three"])
    }

    @Test(.enabled(if: access("/dev/full", W_OK) == 0, "this system has no /dev/full"))
    func noDeviceIsAJournal() throws {
        try #require(mkdir(folder("data"), 0o700) == 0)
        try folder.link("data/journal", to: "/dev/full")
        let error = #expect(throws: FileError.self) {
            try Journal(in: folder("data"), named: "journal") { _ in }
        }
        #expect(error?.reason == "is a link; give the folder of the file itself")
    }
}
