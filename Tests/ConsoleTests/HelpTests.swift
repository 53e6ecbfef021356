import Testing

@testable import Console

@Suite struct HelpTests {
    @Test func helpShowsEverythingDeclared() {
        let program = Program("guess-server", "Serves the guessing game.", role: .server)
        _ = program.listeningEndpoint(port: 10_000)
        _ = program.option(
            "number", "<n>", in: 1...100, default: "at random", "fixes the number to be guessed")
        _ = program.option("layout", "<format>", default: "c i", "describes the messages")
        _ = program.option("reconnect-after", "<seconds>", "waits")
        _ = program.flag("i", "shows the headers as well, all of them, in the order of arrival")
        #expect(
            program.help(columns: 80) == """
                usage: guess-server [options] [[<address>] <port>]
                Serves the guessing game.

                  <address>             where to listen: IPv4, IPv6 or a name (default 0.0.0.0)
                  <port>                0 to 65535; 0 lets the system choose (default 10000)

                options:
                  --number <n>          fixes the number to be guessed (1 to 100; default at
                                        random)
                  --layout <format>     describes the messages (default 'c i')
                  --reconnect-after <seconds>
                                        waits
                  -i                    shows the headers as well, all of them, in the order of
                                        arrival
                  -h, --help            shows this text
                  --version             shows the version

                example:
                  swift run guess-server 127.0.0.1 10000

                exit codes:
                  0                     done, or stopped by SIGINT or SIGTERM
                  1                     failure: standard error tells the reason
                  64                    wrong usage
                  141                   standard output was closed

                """)
    }

    @Test func aClientTellsItsOwnEndings() {
        let help = Program("guess-client", "Guesses.").help(columns: 80)
        #expect(help.contains("\n  0                     done\n"))
        #expect(help.contains("\n  130, 143              stopped by SIGINT, by SIGTERM\n"))
    }

    @Test func aProgramMaySayMoreAboutItself() {
        let program = Program("grade", "Judges a program.")
        program.remark("It is no sandbox.")
        program.ending(2, "it could not be judged")
        program.ending(1, "some cases failed")
        program.ending(142, "the alarm")
        let help = program.help(columns: 80)
        #expect(
            help.hasPrefix(
                """
                usage: grade [options]
                Judges a program.

                It is no sandbox.

                options:
                """))
        #expect(
            help.hasSuffix(
                """
                  0                     done
                  1                     some cases failed
                  2                     it could not be judged
                  64                    wrong usage
                  130, 143              stopped by SIGINT, by SIGTERM
                  141                   standard output was closed
                  142                   the alarm

                """))
    }

    @Test func theExampleEndsWhereAnOperandIsLeftOut() {
        let program = Program("chat-client", "Chats.")
        _ = program.serverEndpoint(host: "localhost", port: 10_000)
        #expect(program.help(columns: 80).contains("\n  swift run chat-client localhost 10000\n"))
        _ = program.operand("<name>", "who you are", example: "'Anna Maria'")
        _ = program.operand("<group>", "whom you talk with")
        _ = program.operands("<message>...", "what to send", example: "hello")
        let example = "\n  swift run chat-client localhost 10000 'Anna Maria'\n"
        #expect(program.help(columns: 80).contains(example))
    }

    @Test func itKeepsToTheColumnsThereAre() {
        let program = Program("sample", "Shows a sentence that is longer than forty columns are.")
        _ = program.flag("flag", "explains itself at some length")
        #expect(
            program.help(columns: 40).split(separator: "\n").prefix(8).joined(separator: "\n")
                == """
                usage: sample [options]
                Shows a sentence that is longer than
                forty columns are.
                options:
                  --flag                explains itself
                                        at some length
                  -h, --help            shows this text
                  --version             shows the
                """)
    }

    @Test func laterOperandsNeedTheEarlierOnes() {
        let program = Program("chat-client", "Chats.")
        _ = program.serverEndpoint(host: "localhost", port: 10_000)
        _ = program.operand("<name>", "who you are")
        _ = program.operands("<message>...", "what to send")
        #expect(
            program.usageLine
                == "usage: chat-client [options] [<address> <port> [<name> [<message>...]]]")

        let required = Program("message-client", "Sends.")
        _ = required.serverEndpoint()
        _ = required.requiredOperand("<text>", "what to send", example: "x")
        #expect(required.usageLine == "usage: message-client [options] <address> <port> <text>")
    }

    @Test func aProgramWithoutOptionsShowsNone() {
        let program = Program("arguments", "Prints its arguments.")
        _ = program.verbatimArguments()
        #expect(program.usageLine == "usage: arguments")
    }

    @Test(arguments: [
        ("", "", 0), ("seed", "", 4), ("sed", "seed", 1), ("sede", "seed", 1),
        ("kitten", "sitting", 3), ("seed", "--seed", 2),
    ]) func distanceCountsSlips(a: String, b: String, distance: Int) {
        #expect(editDistance(Array(a), Array(b)) == distance)
        #expect(editDistance(Array(b), Array(a)) == distance)
    }
}
