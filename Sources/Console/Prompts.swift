/// A question to the person at the keyboard. One whose answer must not be seen belongs here too:
/// `ending_restore_terminal` is there to bring the echo back, whatever ends the program.
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

    /// Shows a prompt as `askOnTerminal` does, for a loop that reads the answer when it comes.
    ///
    /// - Parameter prompt: Shown as it is if standard input and output are terminals.
    public static func promptOnTerminal(_ prompt: String) {
        if isInteractive {
            writeToStandardError(prompt)
        }
    }
}
