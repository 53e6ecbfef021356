// Shows a host's name, its addresses, and the addresses of its services.
//
// Programming 2, "General Information through sockets". In a terminal:
//
//     swift run host-info
//     swift run host-info localhost
//     swift run host-info 127.0.0.1
//     swift run host-info localhost http

import Console
import Sockets

let program = Program("host-info", "Shows names and addresses of a host.")
let name = program.operand(
    "<name>", "a host's name or address (default: this host's name)", example: "localhost")
let service = program.operand(
    "<service>", "a service such as http, or a port: shows every row", example: "http")

/// A row of the full list: `AF_INET SOCK_STREAM 6 127.0.0.1:80`, in the words of the sheet.
func row(_ information: AddressInformation) -> String {
    let address = information.address
    let family = address.family == .ipv4 ? "AF_INET" : "AF_INET6"
    let type =
        switch information.socketType {
        case .stream: "SOCK_STREAM"
        case .datagram: "SOCK_DGRAM"
        case .raw: "SOCK_RAW"
        }
    return "\(family) \(type) \(information.protocolNumber) \(address)"
}

program.run {
    guard let host = name.value else {
        return print(try hostName())  // gethostname
    }
    if let service = service.value {
        for information in try AddressInformation.find(host, service: service) {  // getaddrinfo
            print(row(information))
        }
    } else if let address = SocketAddress(host, port: 0) {
        print(try address.hostName())  // gethostbyaddr
    } else {
        for address in try SocketAddress.resolve((host, 0)) {  // gethostbyname
            print(address.host)
        }
    }
}
