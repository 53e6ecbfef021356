import Foundation
import Sockets
import Testing

@Suite struct SocketErrorTests {
    @Test(arguments: [
        (
            SocketError.Operation.bind, EACCES,
            "cannot listen on 127.0.0.1:80: permission denied; "
                + "ports below 1024 need privileges, choose one from 1024 to 65535"
        ),
        (
            .bind, EADDRINUSE,
            "cannot listen on 127.0.0.1:80: address already in use; "
                + "end the program that has this port, or choose another port "
                + "(0 lets the system choose)"
        ),
        (
            .listen, EADDRINUSE,
            "cannot listen on 127.0.0.1:80: address already in use; "
                + "end the program that has this port, or choose another port "
                + "(0 lets the system choose)"
        ),
        (
            .connect, ECONNREFUSED,
            "cannot connect to 127.0.0.1:80: connection refused; "
                + "start the server first, and check the address and the port"
        ),
        (
            .connect, ETIMEDOUT,
            "cannot connect to 127.0.0.1:80: timed out; "
                + "check the address, and whether a firewall is in the way"
        ),
        (
            .connect, EHOSTUNREACH,
            "cannot connect to 127.0.0.1:80: no route to host; "
                + "check the address, and whether a firewall is in the way"
        ),
        (.receive, ETIMEDOUT, "cannot receive from 127.0.0.1:80: timed out"),
        (.send, ETIMEDOUT, "cannot send to 127.0.0.1:80: timed out"),
        (
            .send, EPIPE,
            "cannot send to 127.0.0.1:80: broken pipe; "
                + "the other program ended, or closed before it had read everything"
        ),
        (
            .shutdown, ENOTCONN,
            "cannot shut down the connection to 127.0.0.1:80: "
                + String(cString: strerror(ENOTCONN)).lowercased()
        ),
    ])
    func saysWhatToDo(_ operation: SocketError.Operation, code: Int32, text: String) throws {
        let error = try SocketError(operation, at: loopback(port: 80), code: code)
        #expect(error.description == text)
        #expect("\(error)" == text)
    }

    @Test(arguments: [
        (
            SocketError.Operation.accept, EMFILE,
            "cannot accept a client: too many open files; "
                + "close some connections, or raise the limit with 'ulimit -n'"
        ),
        (
            .socket, EMFILE,
            "cannot open a socket: too many open files; "
                + "close some connections, or raise the limit with 'ulimit -n'"
        ),
        (
            .receive, ECONNRESET,
            "cannot receive from the peer: connection reset by peer; "
                + "the other program ended, or closed before it had read everything"
        ),
        (.select, EBADF, "cannot wait for sockets: bad file descriptor"),
        (.poll, EINVAL, "cannot wait for sockets: invalid argument"),
        (.signal, EINVAL, "cannot catch signals: invalid argument"),
        (.option, EINVAL, "cannot set a socket option: invalid argument"),
    ])
    func needsNoAddress(_ operation: SocketError.Operation, code: Int32, text: String) {
        #expect(SocketError(operation, code: code).description == text)
    }

    @Test func tellsKindsApart() {
        #expect(SocketError(.receive, code: ETIMEDOUT).isTimeout)
        #expect(SocketError(.connect, code: ECONNREFUSED).isRefused)
        for code in [EMFILE, ENFILE, ENOBUFS, ENOMEM] {
            #expect(SocketError(.accept, code: code).isOutOfDescriptors)
        }
        #expect(!SocketError(.accept, code: EINVAL).isOutOfDescriptors)
        #expect(SocketError(.accept, code: 1) == SocketError(.accept, code: 1))
        #expect(SocketError(.accept, code: 1) != SocketError(.listen, code: 1))
    }
}
