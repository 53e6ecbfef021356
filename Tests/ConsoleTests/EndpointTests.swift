import Testing

@testable import Console

@Suite struct EndpointTests {
    private func parse(
        _ declare: (Program) -> Setting<Endpoint>, _ arguments: String...
    ) -> String {
        let program = Program("sample", "Does nothing.")
        let endpoint = declare(program)
        do {
            _ = try program.parse(arguments)
            return "\(endpoint.value.host) \(endpoint.value.port)"
        } catch {
            return error.description
        }
    }

    @Test func serversTakeASinglePort() {
        #expect(parse({ $0.listeningEndpoint() }, "0") == "0.0.0.0 0")
        #expect(parse({ $0.listeningEndpoint() }, "::", "65535") == ":: 65535")
        #expect(parse({ $0.listeningEndpoint() }) == "missing <port>")
        #expect(
            parse({ $0.listeningEndpoint() }, "localhost")
                == "<port>: 'localhost' is not a whole number from 0 to 65535")
        #expect(parse({ $0.listeningEndpoint() }, "a", "1", "2") == "unexpected argument '2'")
    }

    @Test func serversMayHaveDefaults() {
        let declare = { (program: Program) in
            program.listeningEndpoint(host: "localhost", port: 10_000)
        }
        #expect(parse(declare) == "localhost 10000")
        #expect(parse(declare, "5") == "localhost 5")
        #expect(parse(declare, "b", "5") == "b 5")
    }

    @Test func aServerMayNeedBoth() {
        #expect(parse({ $0.requiredListeningEndpoint() }, "b", "0") == "b 0")
        #expect(
            parse({ $0.requiredListeningEndpoint() }, "5") == "missing <port> after '5'")
        #expect(parse({ $0.requiredListeningEndpoint() }) == "missing <address> and <port>")
    }

    @Test func clientsTakeBothOrNone() {
        let withDefaults = { (program: Program) in
            program.serverEndpoint(host: "localhost", port: 9_000)
        }
        #expect(parse(withDefaults) == "localhost 9000")
        #expect(parse(withDefaults, "b", "5") == "b 5")
        #expect(parse(withDefaults, "b") == "missing <port> after 'b'")
        #expect(parse({ $0.serverEndpoint() }) == "missing <address> and <port>")
        #expect(parse({ $0.serverEndpoint() }, "", "5") == "<address>: it is empty")
        #expect(
            parse({ $0.serverEndpoint() }, "[::1]", "5")
                == "<address>: it stands without brackets here: ::1")
        #expect(
            parse({ $0.serverEndpoint() }, "b", "0")
                == "<port>: '0' is not a whole number from 1 to 65535")
        #expect(
            parse({ $0.serverEndpoint() }, "b", "65536")
                == "<port>: '65536' is not a whole number from 1 to 65535")
    }
}
