// Asks for the date and the time in turn, again and again, by UDP.
//
// CS 212, Lab 2, question 3. In two terminals:
//
//     swift run datetime-server 127.0.0.1 12000
//     swift run datetime-client 127.0.0.1 12000

import Console
import Protocol
import Sockets

let program = Program("datetime-client", "Asks for the date and the time in turn, by UDP.")
let endpoint = program.serverEndpoint()
let count = program.option(
    "count", "<n>", in: 1...Int.max, default: "never", "stops after this many requests")
let delay = program.delay(default: 1...2)
let seed = program.seed()
let timeout = program.timeout(default: 1)
let trace = program.trace()

program.run {
    let address = try SocketAddress.first(of: endpoint.value)
    var inquiry = Inquiry(at: address, timeout: timeout.value, trace: trace.value)
    var isAnswered = false
    for number in 0..<(count.value ?? .max) {
        if number > 0 { sleep(for: delay.value.next(seed.value)) }
        let reply = try inquiry.ask(number % 2 == 0 ? .date : .time)
        print(reply?.escaped ?? "no reply")
        isAnswered = isAnswered || reply != nil
    }
    guard isAnswered else {
        throw Exit(code: 1, "no request was answered; check the address and the port")
    }
}
