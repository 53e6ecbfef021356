// Gets a page from a web server over a bare TCP connection.
//
// Programming 2, "Simulating a HTTP client". In two terminals:
//
//     python3 -m http.server 8000
//     swift run http-get localhost:8000 /

import Console
import Messaging
import Protocol

let program = Program("http-get", "Gets a page from a web server and prints its body.")
let address = program.requiredOperand(
    "<host>[:<port>]", "the server (default port: 80), or a URL: http://localhost:8000/a.txt",
    example: "localhost:8000")
let path = program.operand("<path>", "the page on the server (default: /)", example: "/")
let include = program.flag("i", "shows the whole response: status, header, and any body")
let timeout = program.timeout()
let trace = program.trace()

/// The error of a response without success, or `nil`.
func problem(with head: HTTPResponseHead, from target: Target) -> ProtocolError? {
    let status = head.reason.isEmpty ? "\(head.status)" : "\(head.status) \(head.reason.escaped)"
    switch head.status {
    case 200...299:
        return nil
    case 300...399:
        guard let location = head["location"].first, !location.isEmpty else {
            return ProtocolError(status)
        }
        return ProtocolError("\(status): it is at \(location.escaped); ask for that")
    case 400...499:
        return ProtocolError("\(status): the server refuses \(target.path); check the path")
    default:
        return ProtocolError("\(status): the server has failed; try again later")
    }
}

program.run {
    let target = try Target(address.value, path: path.value)
    let server = try MessageStream(
        HTTPFraming(), to: (target.host, target.port), timeout: timeout.value, trace: trace.value)
    try server.send(HTTPRequest(path: target.path, host: target.hostField))

    var failure: ProtocolError?
    while let part = try server.receive() {
        switch part {
        case .head(let head):
            failure = problem(with: head, from: target)
            if include.value {
                write(outputIsTerminal ? Array(head.escaped.utf8) : head.bytes)
            } else if let failure {
                server.close()
                throw failure
            }
        case .body(let bytes):
            write(bytes)
        case .end:
            server.close()
            if let failure { throw failure }
            return
        }
    }
    throw ProtocolError("the server closed the connection without a reply")
}
