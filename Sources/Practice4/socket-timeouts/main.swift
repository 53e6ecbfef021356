// Receives from a silent peer, in the three ways of the slide: with a limit, without waiting, and
// waiting as long as it takes.
//
// Telecommunications Network, Practice 4, "Socket timeout". In a terminal:
//
//     swift run socket-timeouts

import Console
import Sockets
import Threads

let program = Program("socket-timeouts", "Shows the three ways to wait for a silent peer.")
let delay = program.delay(default: 1...1, when: "before the other end sends its byte")
let seed = program.seed()

program.run {
    // Both ends of a connection, in one program.
    let listener = try Socket.listener(on: .first(of: ("127.0.0.1", 0)))
    let sock = try Socket.connection(to: ("127.0.0.1", listener.localAddress.port))
    guard let (other, _) = try listener.accept() else { return }

    // If nothing comes in this time, it is an error.
    try sock.setTimeout(.seconds(1))
    do {
        _ = try sock.receive(upTo: 1024)
    } catch let error as SocketError where error.isTimeout {
        print("settimeout(1.0): timed out after 1.0 s")
    }

    // If nothing is there, it returns at once: an error in Python, a value here.
    try sock.setBlocking(false)
    if try sock.receive(upTo: 1024) == .wouldBlock {
        print("setblocking(False): would block, at once")
    }

    // Without a limit it waits until something has come.
    try sock.setBlocking(true)
    let wait = delay.value.next(seed.value)
    let sender = Thread {
        sleep(for: wait)
        try? other.sendAll([UInt8(ascii: "!")])
    }
    try sender.start()
    if case .bytes(let bytes) = try sock.receive(upTo: 1024) {
        print("setblocking(True): waited, and \(bytes.count) byte has come")
    }
    sender.join()
}
