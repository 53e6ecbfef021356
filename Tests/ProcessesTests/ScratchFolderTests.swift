import CSystem
import Processes
import Testing

/// Folders of programs, whatever the program does to its own.
struct ScratchFolderTests {
    /// Runs a script in a new folder, and removes the folder.
    private func remains(after script: String) throws -> Bool {
        let folder = try ScratchFolder()
        let shell = try start(
            "/bin/sh", "-c", script, environment: ["F": folder.path], folder: folder.path)
        #expect(try shell.finish().exit == .code(0))
        #expect(folder.remove())
        #expect(folder.remove())
        var status = stat()
        return lstat(folder.path, &status) == 0
    }

    @Test(arguments: [
        "true",
        "mkdir -p a/b/c 'd e'; touch a/x a/b/c/y .hidden; ln -s /etc etc; mkfifo pipe",
        "mkdir a a/b; touch a/b/c; chmod 0 a/b a .",
        "rm -r \"$F\"",
        "rm -r \"$F\"; touch \"$F\"",
        "rm -r \"$F\"; mkdir \"$F\"; touch \"$F\"/new",
        "i=0; while [ $i -lt 300 ]; do mkdir d; touch f; cd d; i=$((i + 1)); done",
        "mkdir a; cd a; i=0; while [ $i -lt 5000 ]; do : > $i; i=$((i + 1)); done; mkdir 0-0",
    ]) func nothingRemains(of script: String) throws {
        #expect(try !remains(after: script))
    }

    @Test func whatIsOutsideStays() throws {
        let outside = try ScratchFolder()
        let setUp = try start("/bin/sh", "-c", "touch \(outside.path)/precious")
        _ = try setUp.finish()
        #expect(try !remains(after: "ln -s \(outside.path) link; mkdir a; ln -s \(outside.path) a"))
        #expect(try !remains(after: "rm -r \"$F\"; ln -s \(outside.path) \"$F\""))
        #expect(access("\(outside.path)/precious", F_OK) == 0)
        var status = stat()
        #expect(stat(outside.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o700)
    }

    @Test(.enabled(if: hasProc)) func aMovedFolderIsFound() throws {
        let outside = try ScratchFolder()
        #expect(try !remains(after: "touch a; mv \"$F\" \(outside.path)/moved"))
        #expect(access("\(outside.path)/moved", F_OK) != 0)
    }

    /// Another folder with two files, an inner folder, and a link.
    private func filled() throws -> ScratchFolder {
        let outside = try ScratchFolder()
        let setUp = try start(
            "/bin/sh", "-c",
            """
            cd \(outside.path); echo one > a; chmod 755 a; echo three > .hidden
            mkdir inner; echo two > inner/b; ln -s b inner/c; mkfifo pipe; ln -s a link
            """)
        #expect(try setUp.finish().exit == .code(0))
        return outside
    }

    @Test func whatAProgramDoesToCopiesHarmsNothingElse() throws {
        let outside = try filled()
        let folder = try ScratchFolder()
        folder.fill(by: FolderPlan(of: outside.path))
        let script = """
            test -x a && test -p pipe && cat a .hidden inner/b inner/c link || exit 9
            for i in a .hidden inner/b; do echo damaged > $i; done; rm -rf * inner/
            """
        let shell = try start("/bin/sh", "-c", script, folder: folder.path)
        let result = try shell.finish()
        #expect(result.exit == .code(0))
        #expect(result.output == "one\nthree\ntwo\ntwo\none\n")
        let check = try start("/bin/sh", "-c", "cat a .hidden inner/b", folder: outside.path)
        #expect(try check.finish().output == "one\nthree\ntwo\n")
    }

    @Test func whatIsTooMuchToCopyIsALink() throws {
        let outside = try filled()
        let folder = try ScratchFolder()
        folder.fill(by: FolderPlan(of: outside.path, files: 3))
        let script = "cat a inner/b; for i in *; do test -L $i && echo link $i; done; true"
        let shell = try start("/bin/sh", "-c", script, folder: folder.path)
        #expect(try shell.finish().output == "one\ntwo\nlink inner\nlink pipe\n")
        let other = try ScratchFolder()
        other.fill(by: FolderPlan(of: outside.path, bytes: 5))
        let few = try start(
            "/bin/sh", "-c", "for i in * .h*; do test -L $i && echo $i; done; true",
            folder: other.path)
        #expect(try few.finish().output == "inner\nlink\npipe\n.hidden\n")
    }
}
