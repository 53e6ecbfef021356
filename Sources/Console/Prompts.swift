import CSystem

/// A question to the person at the keyboard.
extension Keyboard {
    /// Asks with a prompt that the sheet shows: on standard output, even if that is no terminal.
    ///
    /// - Parameter prompt: The text to print; a prompt on a line of its own ends with `\n`.
    /// - Returns: The next line, or nil at the end of input.
    /// - Throws: `InputError` if reading fails.
    public func ask(_ prompt: String) throws(InputError) -> String? {
        print(prompt, terminator: "")
        Self.noteRow(after: prompt)
        return try readLine()
    }

    /// Asks with a prompt that no sheet shows: on standard error, and only to a person.
    ///
    /// - Parameter prompt: Shown as it is if standard input and output are terminals, unless the
    ///   answer was typed ahead.
    /// - Returns: The next line, or nil at the end of input.
    /// - Throws: `InputError` if reading fails.
    public func askOnTerminal(_ prompt: String) throws(InputError) -> String? {
        // An answer that was typed ahead needs no prompt, and no row would end behind it.
        if !isReady(STDIN_FILENO, for: POLLIN, within: 0) { Self.promptOnTerminal(prompt) }
        return try readLine()
    }

    /// Asks a person, with a prompt that no sheet shows, until the answer is good.
    ///
    /// A wrong answer is explained on standard error. From a file or a pipe, the first line is
    /// returned without a check: there the program's own check ends the program.
    ///
    /// - Parameters:
    ///   - prompt: Shown as it is if standard input and output are terminals.
    ///   - check: Throws an error for a wrong answer; its result is not used.
    /// - Returns: The line, or nil at the end of input.
    /// - Throws: `InputError` if reading fails.
    public func askOnTerminal<Checked>(
        _ prompt: String, check: (String) throws -> Checked
    ) throws(InputError) -> String? {
        while let line = try askOnTerminal(prompt) {
            do {
                guard Self.isInteractive else { return line }
                _ = try check(line)
                return line
            } catch {
                diagnose("\(error)")
            }
        }
        return nil
    }

    /// Asks for a password, which is not shown while it is typed.
    ///
    /// The terminal's settings are restored when this returns, while the program is stopped by
    /// Ctrl-Z, and after every end except SIGKILL. From a file or a pipe it reads a line like any
    /// other.
    ///
    /// - Parameters:
    ///   - prompt: Shown on standard error if standard input and output are terminals.
    ///   - again: The prompt by which a person types a new password a second time, until both are
    ///     the same.
    ///   - check: As for `askOnTerminal`.
    /// - Returns: The next line, or nil at the end of input.
    /// - Throws: `InputError` if reading fails or the echo cannot be turned off.
    ///
    /// System call: `tcsetattr(3)`.
    public func askPassword<Checked>(
        _ prompt: String, again: String? = nil, check: (String) throws -> Checked
    ) throws(InputError) -> String? {
        guard let terminal = descriptor, isatty(terminal) == 1 else { return try readLine() }
        guard ending_hide_input(terminal) == 0 else { throw InputError(system_errno()) }
        // Hide the input once for all prompts, so that text typed between two prompts is not shown
        // either.
        defer { ending_show_input() }
        while true {
            let password = try askOnTerminal(prompt, check: check)
            guard let again, password != nil, Self.isInteractive else { return password }
            guard let second = try askOnTerminal(again) else { return nil }
            if second == password { return password }
            diagnose("the two passwords are not the same; type both once more")
        }
    }

    /// Asks for a password without a check.
    public func askPassword(_ prompt: String) throws(InputError) -> String? {
        try askPassword(prompt) { $0 }
    }

    /// Shows a prompt as `askOnTerminal` does, for a loop that reads the answer when it comes.
    ///
    /// - Parameter prompt: Shown as it is if standard input and output are terminals.
    public static func promptOnTerminal(_ prompt: String) {
        if isInteractive {
            writeToStandardError(prompt)
            noteRow(after: prompt)
        }
    }

    /// Moves the cursor below a prompt without an answer, before something else is printed.
    public static func endPrompt() { ending_end_row() }

    /// Notes that the cursor stands behind a prompt, in a row that does not end by itself.
    private static func noteRow(after prompt: String) {
        if isInteractive { ending_set_row_begun(prompt.hasSuffix("\n") ? 0 : 1) }
    }
}
