import CSystem
import Testing

@testable import Files

/// The rights of the folder and the file, and other files in their places.
@Suite struct JournalFolderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func error(in path: String) -> String? {
        do {
            _ = try Journal(in: path, named: "journal") { _ in }
            return nil
        } catch {
            return error.description
        }
    }

    @Test func aNewFolderIsItsOwnersAlone() throws {
        #expect(error(in: folder("data")) == nil)
        #expect(try folder.mode("data") == 0o700)
        #expect(try folder.mode("data/journal") == 0o600)
        #expect(error(in: folder("other/")) == nil)
        #expect(folder.names == ["data", "other"])
    }

    @Test func anEmptyFolderOrAJournalsIsClosed() throws {
        try #require(mkdir(folder("data"), 0o755) == 0)
        try folder.setMode("data", 0o777)
        #expect(error(in: folder("data")) == nil)
        #expect(try folder.mode("data") == 0o700)

        try folder.setMode("data", 0o755)
        try folder.setMode("data/journal", 0o644)
        #expect(error(in: folder("data")) == nil)
        #expect(try folder.mode("data") == 0o700)
        #expect(try folder.mode("data/journal") == 0o600)
    }

    @Test func aFolderWithOtherFilesKeepsItsMode() throws {
        try folder.put("data/notes", "")
        for mode in [0o755, 0o710, 0o701, 0o702] {
            try folder.setMode("data", mode)
            #expect(
                error(in: folder("data"))
                    == "cannot open '\(folder("data"))': others may look into it; give a new "
                    + "folder, or close this one with chmod 700")
            #expect(try folder.mode("data") == mode)
        }
        try folder.setMode("data", 0o700)
        #expect(error(in: folder("data")) == nil)
    }

    @Test func wrongPlacesAreRefused() throws {
        #expect(
            error(in: folder("a/b"))
                == "cannot open '\(folder("a/b"))': no such folder; the one above it must exist")
        #expect(error(in: "") == "cannot open '': the name is empty")
        #expect(error(in: "a\u{0}b") == "cannot open 'a\\u{0}b': the name holds a zero byte")
        try folder.put("file", "text")
        #expect(error(in: folder("file")) == "cannot open '\(folder("file"))': not a folder")
        #expect(folder.names == ["file"])
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func whatBelongsToOthersIsRefused() throws {
        try folder.put("data/journal", "")
        try folder.setMode("data", 0o700)
        try #require(chown(folder("data/journal"), 1, 1) == 0)
        #expect(
            error(in: folder("data"))
                == "cannot open '\(folder("data/journal"))': belongs to another user")
        try #require(chown(folder("data"), 1, 1) == 0)
        #expect(
            error(in: folder("data"))
                == "cannot open '\(folder("data"))': belongs to another user; give a folder of "
                + "your own")
    }

    @Test func aLinkIsNotFollowed() throws {
        try folder.put("data/victim", "text")
        try folder.setMode("data", 0o700)
        try folder.link("data/journal", to: "victim")
        #expect(
            error(in: folder("data"))
                == "cannot open '\(folder("data/journal"))': is a link; give the folder of the "
                + "file itself")
        #expect(folder.text("data/victim") == "text")
        // But the folder may be given by a link.
        try #require(unlink(folder("data/journal")) == 0)
        try folder.link("link", to: "data")
        #expect(error(in: folder("link")) == nil)
        #expect(folder.text("data/journal") != nil)
    }

    @Test func whatIsNoFileIsRefused() throws {
        try #require(mkdir(folder("data"), 0o700) == 0)
        try #require(mkfifo(folder("data/journal"), 0o600) == 0)
        #expect(
            error(in: folder("data"))
                == "cannot open '\(folder("data/journal"))': not a regular file")
        try #require(unlink(folder("data/journal")) == 0)
        try #require(mkdir(folder("data/journal"), 0o700) == 0)
        #expect(
            error(in: folder("data")) == "cannot open '\(folder("data/journal"))': is a folder")
    }
}
