import CSystem
import TestSupport
import Testing

@testable import Console

// The program in the terminal is a process of its own; the typing is done here.
@Suite struct PasswordPromptTests {
    /// The text that the terminal showed while a program ran in it.
    private struct Sight {
        var echoAtPrompt: Bool
        var printed: String
    }

    @Test func whatIsTypedIsNotSeen() async throws {
        let terminal = try PseudoTerminal()
        let person = Background {
            _ = try terminal.wait(for: "Password: ")
            let echoes = terminal.echoes
            terminal.type("secret\n")
            _ = try terminal.wait(for: "Name: ")
            #expect(terminal.echoes)
            terminal.type("anna\n")
            return Sight(echoAtPrompt: echoes, printed: try terminal.wait(for: "done\r\n"))
        }
        await #expect(processExitsWith: .exitCode(0)) { [path = terminal.path as String] in
            PseudoTerminal.enter(path)
            let keyboard = Keyboard()
            let password = try keyboard.askPassword("Password: ")
            let name = try keyboard.askOnTerminal("Name: ")
            print("\(name ?? "") done")
            end(password == "secret" ? .success : .failure)
        }
        let sight = try person.value()
        #expect(sight?.echoAtPrompt == false)
        // Of hidden text, only the line end is shown.
        #expect(
            sight?.printed.hasSuffix("Password: \r\nName: anna\r\nanna done\r\n") == true,
            "\(sight?.printed ?? "")")
        #expect(terminal.echoes)
    }

    @Test func aNewPasswordIsAskedForTwiceAndNeverSeen() async throws {
        let terminal = try PseudoTerminal()
        let person = Background {
            _ = try terminal.wait(for: "Password: ")
            terminal.type("secret\n")
            // This comes before the second prompt.
            _ = try terminal.wait(for: "checked")
            let echoes = terminal.echoes
            terminal.type("secret\n")
            return Sight(echoAtPrompt: echoes, printed: try terminal.wait(for: "done\r\n"))
        }
        await #expect(processExitsWith: .exitCode(0)) { [path = terminal.path as String] in
            PseudoTerminal.enter(path)
            let password = try Keyboard().askPassword("Password: ", again: "Once more: ") { _ in
                print("checked")
                waitUntil(STDIN_FILENO, isReadyFor: POLLIN)
            }
            print("done")
            end(password == "secret" ? .success : .failure)
        }
        let sight = try person.value()
        #expect(sight?.echoAtPrompt == false)
        #expect(sight?.printed.contains("secret") == false)
        #expect(terminal.echoes)
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)])
    func aSignalBringsTheEchoBack(signal: Int32, code: Int) async throws {
        let terminal = try PseudoTerminal()
        let person = Background {
            let printed = try terminal.wait(for: " Password: ")
            let echoes = terminal.echoes
            terminal.type("sec")
            let words = printed.split(whereSeparator: \.isWhitespace)
            let process = try #require(words.dropLast().last.flatMap { pid_t(String($0)) })
            kill(process, signal)
            return Sight(echoAtPrompt: echoes, printed: printed)
        }
        await #expect(processExitsWith: .exitCode(Int32(code))) {
            [path = terminal.path as String] in
            PseudoTerminal.enter(path)
            ending_install(0)
            _ = try Keyboard().askPassword("\n\(getpid()) Password: ")
        }
        #expect(try person.value()?.echoAtPrompt == false)
        #expect(terminal.echoes)
    }

    @Test func anExitBringsTheEchoBack() async throws {
        let terminal = try PseudoTerminal()
        await #expect(processExitsWith: .exitCode(1)) { [path = terminal.path as String] in
            PseudoTerminal.enter(path)
            guard ending_hide_input(STDIN_FILENO) == 0 else { return }
            end(.failure)
        }
        #expect(terminal.echoes)
    }

    @Test func theEndOfInputEndsTheLine() async throws {
        let terminal = try PseudoTerminal()
        let person = Background {
            _ = try terminal.wait(for: "Password: ")
            // Ctrl-D.
            terminal.type("\u{4}")
            return try terminal.wait(for: "none\r\n")
        }
        await #expect(processExitsWith: .exitCode(0)) { [path = terminal.path as String] in
            PseudoTerminal.enter(path)
            let password = try Keyboard().askPassword("Password: ")
            print(password ?? "none")
            end(.success)
        }
        #expect(try person.value()?.hasSuffix("Password: \r\nnone\r\n") == true)
        #expect(terminal.echoes)
    }

    @Test func aTerminalThatIsSetOtherwiseStaysSo() throws {
        // The terminal is not standard input: the prompt is not shown, and the typed text is not
        // shown either.
        let terminal = try PseudoTerminal()
        let slave = system_open(terminal.path, O_RDWR | O_NOCTTY, 0)
        defer { close(slave) }
        var before = termios()
        tcgetattr(slave, &before)
        before.c_lflag &= ~tcflag_t(ECHO | ICRNL)
        before.c_cc.0 = 7
        tcsetattr(slave, TCSANOW, &before)
        terminal.type("secret\n")
        #expect(try Keyboard(descriptor: slave).askPassword("not shown") == "secret")
        var after = termios()
        tcgetattr(slave, &after)
        #expect(after.c_lflag == before.c_lflag)
        #expect(after.c_iflag == before.c_iflag)
        #expect(after.c_cc.0 == 7)
    }

    @Test func withoutATerminalALineIsALine() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        #expect(write(ends[1], "secret\r\nrest\n", 13) == 13)
        close(ends[1])
        let keyboard = Keyboard(descriptor: ends[0])
        #expect(try keyboard.askPassword("not shown") == "secret")
        #expect(try keyboard.readLine() == "rest")
        #expect(try keyboard.askPassword("not shown") == nil)
    }
}
