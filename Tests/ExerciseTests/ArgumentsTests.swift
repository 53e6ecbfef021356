import Testing

/// Lab 2, cmd_line.py: the arguments as they are.
struct ArgumentsTests {
    @Test(
        arguments: [
            (["one", "two"], "2", "one\ntwo\n"), ([], "0", ""), ([""], "1", "\n"),
            (["--help"], "1", "--help\n"), (["--version", "-v", "--"], "3", "--version\n-v\n--\n"),
            (["a b", "a\nb", "\u{1B}[2J", "-5"], "4", "a b\na\nb\n\u{1B}[2J\n-5\n"),
        ] as [([String], String, String)])
    func itShowsThemAsTheSheetDoes(arguments: [String], count: String, list: String) throws {
        #expect(
            try run("arguments", arguments)
                == ProgramResult(
                    exit: 0,
                    stdout: "Testing ...\nNumber of arguments: \(count)\nArgument list:\n" + list,
                    stderr: ""))
    }

    @Test func bytesThatAreNoTextPassUntouched() throws {
        let path = try BuiltPrograms.path(of: "arguments")
        // The shell makes the argument, for a Swift string cannot hold it.
        let script = #"exec "$0" "$(printf 'a\377\300b')""#
        try finishing(Running(["/bin/sh", "-c", script, path])) { program in
            let exit = try program.waitForExit()
            #expect(exit == 0)
            let shown = Array("Testing ...\nNumber of arguments: 1\nArgument list:\na".utf8)
            #expect(program.standardOutputBytes == shown + [0xFF, 0xC0, 0x62, 0x0A])
        }
    }
}
