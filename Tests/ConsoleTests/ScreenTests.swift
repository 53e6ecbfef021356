import CSystem
import TestSupport
import Testing

@testable import Console

@Suite struct ScreenTests {
    @Test func aLineThatWasTypedAheadIsTakenOnlyAfterALook() async throws {
        let terminal = try PseudoTerminal()
        terminal.type("one\ntwo\n")
        await #expect(processExitsWith: .exitCode(0)) { [path = terminal.path as String] in
            PseudoTerminal.enter(path)
            setenv("TERM", "xterm", 1)
            let screen = Screen()
            // Both lines come with one read; with nil, only a look around is wanted.
            let first = try screen.readLine { _ in true }
            let second = try screen.readLine { $0 != nil }
            let third = try screen.readLine { $0 == nil }
            end(first == "one" && second == nil && third == "two" ? .success : .failure)
        }
        #expect(terminal.echoes)
    }

    @Test func aScreenThatWasClosedCanBeOpenedAgain() async throws {
        let terminal = try PseudoTerminal()
        let person = Background {
            _ = try terminal.wait(for: "first> ")
            let echoes = terminal.echoes
            terminal.type("one\n")
            _ = try terminal.wait(for: "between")
            #expect(terminal.echoes)
            terminal.type("two\n")
            return (echoes, try terminal.wait(for: "done\r\n"))
        }
        await #expect(processExitsWith: .exitCode(0)) { [path = terminal.path as String] in
            PseudoTerminal.enter(path)
            setenv("TERM", "xterm", 1)
            let screen = Screen(isOpen: false)
            var lines: [String?] = []
            for prompt in ["first> ", "second> "] {
                screen.open()
                screen.prompt = prompt
                lines.append(try screen.readLine { _ in true })
                screen.close()
                if lines.count == 1 {
                    print("between")
                    waitUntil(STDIN_FILENO, isReadyFor: POLLIN)
                }
            }
            print("done")
            end(lines == ["one", "two"] ? .success : .failure)
        }
        let (echoes, printed) = try #require(try person.value())
        #expect(!echoes)
        let shown = printed.replacing("\r\u{1B}[K", with: "W").replacing("\r\n", with: "\n")
        #expect(shown == "first> one\nfirst> Wbetween\ntwo\nsecond> two\nsecond> Wdone\n")
    }
}
