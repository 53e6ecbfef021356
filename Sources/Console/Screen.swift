import CSystem

/// Prints what comes while a person is typing, without tearing the line that is being typed.
///
/// On a terminal it edits the line itself, behind a prompt, and prints above it: Backspace, Ctrl-U
/// and Ctrl-W erase, Ctrl-D in an empty line ends the input. Where standard input or output is no
/// terminal there is neither prompt nor editing: lines come and go as they are.
public final class Screen {
    private let keyboard: Keyboard
    private var editor: LineEditor?
    private var lines: ArraySlice<String> = []
    private var hasEnded = false

    /// Stands before the line that is typed, in its row.
    public var prompt: String {
        didSet {
            change { editor, output in
                editor.prompt = prompt
                editor.draw(output: &output)
            }
        }
    }

    /// Makes the screen, which takes the terminal over, if there is one.
    ///
    /// - Parameters:
    ///   - keyboard: The program's, where it has asked for something before.
    ///   - prompt: Stands before the line that is typed, in its row.
    ///   - isOpen: Whether it takes the terminal already now, not only by `open`.
    public init(_ keyboard: Keyboard = Keyboard(), prompt: String = "", isOpen: Bool = true) {
        self.keyboard = keyboard
        self.prompt = prompt
        if isOpen { open() }
    }

    deinit { close() }

    /// Takes the terminal over, for a program that gives it back in between.
    ///
    /// Whatever ends or stops the program gives it back as it was.
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

    /// What a readiness call watches: standard input, or nil once it has ended.
    public var descriptor: Int32? { hasEnded ? nil : keyboard.descriptor }

    /// The same while a person edits the line here, so that every key must be taken in at once;
    /// else nil: a line from a pipe can wait until it is needed.
    public var keys: Int32? { editor == nil ? nil : descriptor }

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

    /// Waits for a line.
    ///
    /// - Parameter wait: Waits for input at a descriptor, or does not wait but only looks around if
    ///   there is none, for a line that was typed ahead. `false` gives up.
    /// - Returns: `nil` once the input has ended, or `wait` has given up.
    /// - Throws: What `wait` throws; `InputError` if reading fails or a line is over 1 MiB.
    public func readLine(_ wait: (Int32?) throws -> Bool) throws -> String? {
        while true {
            if !lines.isEmpty { return try wait(nil) ? nextLine() : nil }
            guard let descriptor, try wait(descriptor) else { return nil }
            if editor == nil { return try keyboard.readLine() }
            try read()
        }
    }

    /// Prints a line above the one that is being typed.
    public func print(_ line: String) {
        guard editor != nil else { return Console.print(line) }
        change { editor, output in
            editor.wipe(output: &output)
            output += line + "\n"
            editor.draw(output: &output)
        }
    }

    /// Returns `log` so that what it writes stands above the line being typed, as a trace does.
    public func above(_ log: ((String) -> Void)?) -> ((String) -> Void)? {
        log.map { log in { line in self.aside { log(line) } } }
    }

    private func aside(_ body: () -> Void) {
        change { $0.wipe(output: &$1) }
        body()
        change { $0.draw(output: &$1) }
    }

    /// Wipes the line and gives the terminal back; what is printed from now on is just printed.
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
