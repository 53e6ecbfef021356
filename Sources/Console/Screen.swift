import CSystem

/// Prints lines while a person is typing, without tearing the typed line.
///
/// On a terminal it edits the typed line itself, behind a prompt, and prints above it: Backspace,
/// Ctrl-U and Ctrl-W erase, Ctrl-D in an empty line ends the input. If standard input or output is
/// no terminal, there is neither prompt nor editing: lines come and go as they are.
public final class Screen {
    private let keyboard: Keyboard
    private var editor: LineEditor?
    private var lines: ArraySlice<String> = []
    private var hasEnded = false

    /// The text before the typed line, in its row.
    public var prompt: String {
        didSet {
            change { editor, output in
                editor.prompt = prompt
                editor.draw(output: &output)
            }
        }
    }

    /// Makes the screen. It takes the terminal over, if there is one.
    ///
    /// - Parameters:
    ///   - keyboard: The program's keyboard, if the program has asked for something before.
    ///   - prompt: The text before the typed line, in its row.
    ///   - isOpen: Whether it takes the terminal over now; otherwise `open` does so.
    public init(_ keyboard: Keyboard = Keyboard(), prompt: String = "", isOpen: Bool = true) {
        self.keyboard = keyboard
        self.prompt = prompt
        if isOpen { open() }
    }

    deinit { close() }

    /// Takes the terminal over. Use it in a program that gives the terminal back in between.
    ///
    /// Every end or stop of the program gives the terminal back as it was.
    ///
    /// C functions: `isatty(3)`, `tcsetattr(3)`.
    public func open() {
        // A dumb terminal cannot wipe a row.
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        guard editor == nil, Keyboard.isInteractive, !isDumb, descriptor != nil,
            ending_take_terminal(STDIN_FILENO) == 0
        else { return }
        editor = LineEditor(prompt: prompt)
    }

    /// The descriptor for a readiness call: standard input, or nil once it has ended.
    public var descriptor: Int32? { hasEnded ? nil : keyboard.descriptor }

    /// The same descriptor while a person edits a line here, for then every key must be read at
    /// once. Otherwise nil: a line from a pipe can wait until it is needed.
    public var keys: Int32? { editor == nil ? nil : descriptor }

    /// Whether the input has ended and all its lines have been taken.
    public var isAtEnd: Bool { descriptor == nil && lines.isEmpty }

    /// Reads the typed keys. It waits only if there are none.
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

    /// Returns the first typed line that has not been taken yet, or nil if there is none.
    public func nextLine() -> String? { lines.popFirst() }

    /// Waits for a line.
    ///
    /// - Parameter wait: Waits for input at a descriptor, and returns false to give up. If a line
    ///   was typed ahead, it gets nil: then it only looks around and does not wait.
    /// - Returns: The line, or nil if the input has ended or `wait` has given up.
    /// - Throws: An error of `wait`; `InputError` if reading fails or a line is over 1 MiB.
    public func readLine(_ wait: (Int32?) throws -> Bool) throws -> String? {
        while true {
            if !lines.isEmpty { return try wait(nil) ? nextLine() : nil }
            guard let descriptor, try wait(descriptor) else { return nil }
            if editor == nil { return try keyboard.readLine() }
            try read()
        }
    }

    /// Prints a line above the typed line.
    public func print(_ line: String) {
        guard editor != nil else { return Console.print(line) }
        change { editor, output in
            editor.wipe(output: &output)
            output += line + "\n"
            editor.draw(output: &output)
        }
    }

    /// Returns a function that writes like `log`, but above the typed line; for traces.
    public func above(_ log: ((String) -> Void)?) -> ((String) -> Void)? {
        log.map { log in { line in self.aside { log(line) } } }
    }

    private func aside(_ body: () -> Void) {
        change { $0.wipe(output: &$1) }
        body()
        change { $0.draw(output: &$1) }
    }

    /// Wipes the typed line and gives the terminal back. After this, `print` only prints.
    public func close() {
        guard editor != nil else { return }
        change { $0.wipe(output: &$1) }
        editor = nil
        ending_give_terminal_back()
    }

    /// Tells the editor the terminal's width, lets it do something, and writes its output at once.
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

    /// Stops the program until it is continued, as Ctrl-Z does.
    private func stop() { aside { kill(0, SIGTSTP) } }
}
