import Foundation
import Sockets
import Testing

@Suite struct AddressTests {
    @Test func showsIPv4AsPeopleAndAsPythonDo() throws {
        let address = try #require(SocketAddress("127.0.0.1", port: 62_186))
        #expect(address.description == "127.0.0.1:62186")
        #expect(address.pythonTuple == "('127.0.0.1', 62186)")
        #expect(address.host == "127.0.0.1")
        #expect(address.port == 62_186)
        #expect(address.family == .ipv4)
    }

    @Test func showsIPv6AsPeopleAndAsPythonDo() throws {
        let address = try #require(SocketAddress("2001:DB8:0:0::1", port: 80))
        #expect(address.description == "[2001:db8::1]:80")
        #expect(address.pythonTuple == "('2001:db8::1', 80, 0, 0)")
        #expect(address.host == "2001:db8::1")
        #expect(address.port == 80)
        #expect(address.family == .ipv6)
        // A link-local address belongs to an interface; the interface's number is its scope.
        let loopback = if_nametoindex("lo") > 0 ? "lo" : "lo0"
        let scoped = try #require(SocketAddress("fe80::1%\(loopback)", port: 9))
        #expect(scoped.pythonTuple == "('fe80::1%\(loopback)', 9, 0, \(if_nametoindex(loopback)))")
    }

    @Test(arguments: [
        "localhost", "", "256.1.1.1", "1.2.3.4.5", "::g", "[::1]", " 127.0.0.1", "127.0.0.1:80",
    ])
    func takesNumbersOnly(_ host: String) { #expect(SocketAddress(host, port: 1) == nil) }

    @Test func takesPortsUpTo65535() {
        #expect(SocketAddress("::1", port: 0)?.port == 0)
        #expect(SocketAddress("::1", port: 65_535)?.port == 65_535)
        #expect(SocketAddress("::1", port: 65_536) == nil)
        #expect(SocketAddress("::1", port: -1) == nil)
    }

    @Test func comparesWhatCounts() throws {
        let address = SocketAddress("127.0.0.1", port: 80)
        #expect(address == SocketAddress("127.0.0.1", port: 80))
        #expect(address != SocketAddress("127.0.0.1", port: 81))
        #expect(address != SocketAddress("127.0.0.2", port: 80))
        #expect(address != SocketAddress("::1", port: 80))
        #expect(SocketAddress("::1", port: 80) == SocketAddress("0::1", port: 80))
        #expect(SocketAddress("::1", port: 80) != SocketAddress("::2", port: 80))
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("127.0.0.2", "127.0.0.2"),
        ("2001:db8:0:7:1:2:3:4", "2001:db8:0:7::/64"), ("2001:db8:0:7::", "2001:db8:0:7::/64"),
        ("2001:db8:0:8::4", "2001:db8:0:8::/64"), ("::1", "::/64"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"), ("::fffe:192.0.2.7", "::/64"),
    ])
    func anAddressBelongsToOneSubscriber(host: String, network: String) throws {
        #expect(try #require(SocketAddress(host, port: 80)).network == network)
    }

    @Test func putsIPv4First() throws {
        let addresses = try SocketAddress.resolve(("localhost", 10_000))
        #expect(addresses.first?.description == "127.0.0.1:10000")
        #expect(try SocketAddress.first(of: ("localhost", 0)).family == .ipv4)
        let families = addresses.map { $0.family == .ipv4 ? 4 : 6 }
        #expect(families == families.sorted())
        #expect(try SocketAddress.resolve(("::1", 5)).map(\.description) == ["[::1]:5"])
    }

    @Test func saysThatANameIsUnknown() {
        // A label has 63 bytes at most (RFC 1035), so that no server need be asked.
        let name = String(repeating: "x", count: 64)
        let error = #expect(throws: SocketError.self) {
            _ = try SocketAddress.resolve((name, 80))
        }
        #expect(error?.operation == .resolve)
        #expect(error?.name == name)
        let text = error?.description ?? ""
        #expect(text.hasPrefix("cannot find an address for '\(name)': "))
        #expect(text.hasSuffix("; check the spelling, or give the address in numbers"))
        #expect(error?.isTimeout == false)
        #expect(error?.isRefused == false)
        #expect(error?.isOutOfDescriptors == false)
    }

    @Test func listsEveryRowOfANameAndAService() throws {
        let rows = try AddressInformation.find("127.0.0.1", service: "8080")
        #expect(rows.allSatisfy { $0.address.description == "127.0.0.1:8080" })
        #expect(rows.contains { $0.socketType == .stream && $0.protocolNumber == 6 })
        #expect(rows.contains { $0.socketType == .datagram && $0.protocolNumber == 17 })
        #expect(try AddressInformation.find("::1", service: nil).first?.address.port == 0)
        #expect(try !AddressInformation.find(nil, service: "80").isEmpty)
        #expect(throws: SocketError.self) {
            try AddressInformation.find("127.0.0.1", service: "no-such-service")
        }
    }

    @Test func knowsThisHost() throws {
        #expect(try !hostName().isEmpty)
        #expect(try loopback().hostName().hasPrefix("localhost"))
    }
}
