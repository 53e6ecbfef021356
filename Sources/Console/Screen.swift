import CSystem

/// Prints what comes while a person is typing, without tearing the line that is being typed.
///
/// On a terminal it edits the line itself, behind a prompt, and prints above it: Backspace, Ctrl-U
/// and Ctrl-W erase, Ctrl-D in an empty line ends the input. Where standard input or output is no
/// terminal there is neither prompt nor editing: lines come and go as they are.
public final class Screen {
    private let keyboard = Keyboard()
    private var editor: LineEditor?
    private var lines: ArraySlice<String> = []
    private var hasEnded = false

    /// Takes the terminal over, if there is one.
    ///
    /// Whatever ends or stops the program gives it back as it was.
    ///
    /// - Parameter prompt: Stands before the line that is typed, in its row.
    ///
    /// C functions: `isatty(3)`, `tcsetattr(3)`.
    public init(prompt: String) {
        // A dumb terminal cannot wipe a row.
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        guard Keyboard.isInteractive, !isDumb, ending_take_terminal(STDIN_FILENO) == 0 else {
            return
        }
        editor = LineEditor(prompt: prompt)
    }

    deinit { close() }

    /// What a readiness call watches: standard input, or nil once it has ended.
    public var descriptor: Int32? { hasEnded ? nil : keyboard.descriptor }

    /// Whether the input has ended and every line of it has been taken.
    public var isAtEnd: Bool { descriptor == nil && lines.isEmpty }

    /// Takes in what has been typed. Waits only if there is nothing.
    ///
    /// - Throws: `InputError` if reading fails or a line is over 1 MiB.
    public func read() throws(InputError) {
        guard editor != nil else {
            lines += try keyboard.readLines()
            return
        }
        guard let bytes = try keyboard.readBytes() else { return }
        for event in change({ $0.take(bytes, output: &$1) }) ?? [] {
            switch event {
            case .line(let line): lines.append(line)
            case .end: hasEnded = true
            case .stop: stop()
            }
        }
    }

    /// Returns the first line typed that has not been taken yet, or nil if there is none.
    public func nextLine() -> String? { lines.popFirst() }

    /// Prints a line above the one that is being typed.
    public func print(_ line: String) {
        guard editor != nil else { return Console.print(line) }
        change { editor, output in
            editor.wipe(output: &output)
            output += line + "\n"
            editor.draw(output: &output)
        }
    }

    /// Lets `body` write to the terminal, as to standard error, above the line being typed.
    public func aside(_ body: () -> Void) {
        change { $0.wipe(output: &$1) }
        body()
        change { $0.draw(output: &$1) }
    }

    /// Wipes the prompt and gives the terminal back; what is printed from now on is just printed.
    public func close() {
        guard editor != nil else { return }
        change { $0.wipe(output: &$1) }
        editor = nil
        ending_give_terminal_back()
    }

    /// Lets the editor do something with the width that the terminal has now, and writes it at once.
    @discardableResult
    private func change<Result>(
        _ body: (inout LineEditor, inout String) -> Result
    ) -> Result? {
        guard var editor else { return nil }
        let columns = Int(system_terminal_columns(STDOUT_FILENO))
        editor.columns = columns > 0 ? columns : 80
        var output = ""
        let result = body(&editor, &output)
        self.editor = editor
        write(Array(output.utf8))
        return result
    }

    /// Stops the program as Ctrl-Z does, until it is continued.
    private func stop() { aside { kill(0, SIGTSTP) } }
}
