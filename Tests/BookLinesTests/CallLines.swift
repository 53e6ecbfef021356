import Console
import Protocol
import Sockets
import Threads

// The Swift lines in the book's table of calls, letter for letter, so that the compiler reads them.
// Nobody calls these functions. `CallTableTests` looks for the table's lines here.

func serve() throws {
    let s = try Socket(.ipv4, .stream)
    try s.setOption(.reuseAddress, to: 1)
    try s.bind(to: .first(of: ("localhost", 9000)))
    try s.listen(backlog: 1)
    let (connection, address) = try s.accept(log: diagnose)
    print("Connected by:", address.pythonTuple)
    let received = try connection.receive(upTo: 1024)
    guard case .bytes(let bytes) = received else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    let data = Array(text.uppercased().utf8)
    try connection.sendAll(data)
    connection.close()
}

func ask() throws {
    let s = try Socket(.ipv4, .stream)
    try s.connect(to: .first(of: ("localhost", 9000)))
    let count = try s.send(Array("Hi Server".utf8))
    try s.shutdown(.sending)
    let all = try s.receiveAll(upTo: 1_048_576)
    s.closeGracefully()
    print(count ?? 0, all)
}

func askAgain() throws {
    let s = try Socket.connection(to: ("localhost", 9000), timeout: .seconds(30))
    let reply = try s.receive(exactly: 2)
    let ownAddress = try s.localAddress
    let otherAddress = try s.remoteAddress
    print(reply, ownAddress, otherAddress)
}

func wait(_ s: Socket, among inputs: [Socket], or outputs: [Socket]) throws {
    try s.setBlocking(false)
    try s.setBlocking(true)
    try s.setTimeout(.seconds(1))
    try s.setTimeout(nil)
    var inputs = inputs
    let (readable, writable) = try select(reading: inputs, writing: outputs, timeout: .seconds(1))
    for socket in readable + writable {
        if socket === s { continue }
        inputs.remove(socket)
    }
}

func setOptions(_ s: Socket) throws {
    try s.setOption(.timeToLive, to: 5)
    let value = try StructLayout("ii").pack([.integer(1), .integer(0)])
    try s.setOption(.linger, toBytes: value)
    let timeToLive = try s.option(.timeToLive)
    let linger = try s.optionBytes(.linger, count: 8)
    print(timeToLive, linger)
}

func pack(_ message: [UInt8]) throws {
    let layout = try StructLayout("c i")
    let question = try layout.pack([.bytes(Array("<".utf8)), .integer(51)])
    let values = try layout.unpack(message)
    print(layout.size, question, values)
}

func exchangeDatagrams(_ message: [UInt8]) throws {
    let u = try Socket(.ipv4, .datagram)
    let server = try SocketAddress.first(of: ("localhost", 12000))
    try u.sendDatagram(message, to: server)
    guard let (data, sender) = try u.receiveDatagram(upTo: 2048) else { return }
    print(data, sender)
}

func lookUp(_ address: SocketAddress) throws {
    let name = try hostName()
    let addresses = try SocketAddress.resolve(("www.google.at", 0))
    let hostsName = try address.hostName()
    let rows = try AddressInformation.find("www.python.org", service: "http")
    print(name, addresses, hostsName, rows.count)
}

func startThread(_ function: @escaping @Sendable (String) -> Void) throws {
    let t1 = Thread { function("A") }
    try t1.start()
    t1.join()
}

func doTheRest() throws {
    let arguments = CommandLine.arguments
    let sentence = try Keyboard().ask("Input lowercase sequence: ")
    sleep(for: .seconds(2))
    let number = Chance(seed: nil).number(in: 1...100)
    let wait = Chance(seed: nil).seconds(in: 1...2)
    let time = WallClock().text(format: "%H:%M")
    print(arguments, sentence ?? "", number, wait, time ?? "")
}
