import Foundation
import Testing

/// Programming 2, "General Information through sockets".
struct HostInfoTests {
    @Test func withoutANameItShowsThisHosts() throws {
        let system = try finishing(Running(["uname", "-n"])) { try $0.runToEnd() }
        #expect(try run("host-info", []) == system)
    }

    @Test func aNameHasAddressesFirstIPv4() throws {
        let result = try run("host-info", ["localhost"])
        #expect(result.exit == 0 && result.stderr.isEmpty)
        #expect(["127.0.0.1\n", "127.0.0.1\n::1\n"].contains(result.stdout))
    }

    @Test func anAddressHasAName() throws {
        let result = try run("host-info", ["127.0.0.1"])
        #expect(result.exit == 0 && result.stderr.isEmpty)
        #expect(result.stdout.hasPrefix("localhost"))
    }

    // The numbers of TCP and UDP are IANA's, and so is the port of http.
    @Test(arguments: [
        ("127.0.0.1", "8080", "AF_INET", "127.0.0.1:8080"),
        ("::1", "8080", "AF_INET6", "[::1]:8080"),
    ])
    func aNameAndAServiceHaveTheFullList(
        name: String, service: String, family: String, address: String
    ) throws {
        let result = try run("host-info", [name, service])
        #expect(result.exit == 0 && result.stderr.isEmpty)
        let lines = result.stdout.split(separator: "\n")
        #expect(
            lines.prefix(2) == [
                "\(family) SOCK_STREAM 6 \(address)", "\(family) SOCK_DGRAM 17 \(address)",
            ])
        #expect(lines.dropFirst(2).allSatisfy { $0 == "\(family) SOCK_RAW 0 \(address)" })
    }

    @Test func aServiceMayHaveAName() throws {
        #expect(
            try run("host-info", ["127.0.0.1", "http"]).stdout
                .hasPrefix("AF_INET SOCK_STREAM 6 127.0.0.1:80\n"))
    }

    @Test(arguments: [
        (["nowhere.invalid"], "cannot find an address for 'nowhere.invalid': "),
        (["nowhere.invalid", "http"], "cannot find an address for 'nowhere.invalid': "),
        (["127.0.0.1", "no-such"], "cannot find the service 'no-such': "),
        // Not 70,000 - 65,536, and not 0.
        (["127.0.0.1", "70000"], "cannot find the service '70000': "),
        (["127.0.0.1", "4294967376"], "cannot find the service '4294967376': "),
        (["127.0.0.1", ""], "cannot find the service '': "),
        (["192.0.2.1"], "cannot find a name for 192.0.2.1: "),
    ])
    func whatIsNotFoundIsToldWithAdvice(arguments: [String], problem: String) throws {
        let result = try run("host-info", arguments)
        #expect(result.exit == 1 && result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("host-info: \(problem)"))
        let advice = [
            "; check the spelling, or give the address in numbers\n",
            "; check the service's name, or give the port as a number from 0 to 65535\n",
            "; not every address has a name; check the digits\n",
        ]
        #expect(advice.contains { result.stderr.hasSuffix($0) })
        #expect(result.stderr.filter { $0 == "\n" }.count == 1)
    }
}
