import CSystem

/// A question to the person at the keyboard.
extension Keyboard {
    /// Asks with a prompt that the sheet shows: on standard output, terminal or not.
    ///
    /// - Parameter prompt: Printed as it is; a prompt on a line of its own brings its `\n`.
    /// - Returns: The next line, or nil at the end of input.
    /// - Throws: `InputError` if reading fails.
    public func ask(_ prompt: String) throws(InputError) -> String? {
        print(prompt, terminator: "")
        return try readLine()
    }

    /// Asks with a prompt that no sheet shows: on standard error, and only to a person.
    ///
    /// - Parameter prompt: Shown as it is if standard input and output are terminals.
    /// - Returns: The next line, or nil at the end of input.
    /// - Throws: `InputError` if reading fails.
    public func askOnTerminal(_ prompt: String) throws(InputError) -> String? {
        Self.promptOnTerminal(prompt)
        return try readLine()
    }

    /// Asks for a password, which is not seen while it is typed.
    ///
    /// The terminal is as it was when this returns, while the program is stopped by Ctrl-Z, and
    /// after every end but SIGKILL's. From a file or a pipe it reads a line like any other.
    ///
    /// - Parameter prompt: Shown on standard error if standard input and output are terminals.
    /// - Returns: The next line, or nil at the end of input.
    /// - Throws: `InputError` if reading fails or the echo cannot be turned off.
    ///
    /// System call: `tcsetattr(3)`.
    public func askPassword(_ prompt: String) throws(InputError) -> String? {
        guard let terminal = descriptor, isatty(terminal) == 1 else { return try readLine() }
        guard ending_hide_input(terminal) == 0 else { throw InputError(system_errno()) }
        defer { ending_show_input() }
        // Not before: whoever sees the prompt may type at once.
        let line = try askOnTerminal(prompt)
        // Ctrl-D ends no line on the screen.
        if line == nil, Self.isInteractive { writeToStandardError("\n") }
        return line
    }

    /// Shows a prompt as `askOnTerminal` does, for a loop that reads the answer when it comes.
    ///
    /// - Parameter prompt: Shown as it is if standard input and output are terminals.
    public static func promptOnTerminal(_ prompt: String) {
        if isInteractive {
            writeToStandardError(prompt)
        }
    }
}
