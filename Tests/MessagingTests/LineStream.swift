import Protocol
import Sockets
import Testing

@testable import Messaging

/// A stream of lines, and the raw socket at its other end.
func lineStream(
    ending: LineEnding = .newline, timeout: Duration = .seconds(30), pause: Duration = .zero,
    trace: ((String) -> Void)? = nil
) throws -> (stream: MessageStream<LineFraming>, peer: Socket) {
    let (near, peer) = try connectedPair()
    let stream = try MessageStream(
        LineFraming(ending: ending), over: near, with: near.remoteAddress, timeout: timeout,
        pause: pause, trace: trace)
    return (stream, peer)
}

/// The two ends of a TCP connection. No call on the second waits for longer than 30 s.
func connectedPair() throws -> (Socket, Socket) {
    let listener = try Socket.listener(on: .first(of: ("127.0.0.1", 0)))
    let near = try Socket(.ipv4, .stream)
    try near.connect(to: listener.localAddress)
    let (far, _) = try #require(try listener.accept())
    try far.setTimeout(.seconds(30))
    try far.setOption(.noDelay, to: 1)
    return (near, far)
}
