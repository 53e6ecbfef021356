import Console
import Conversations
import Sockets

/// Passes datagrams on, with a socket of its own to the server for each client's address.
final class DatagramRelay {
    /// One client's address, and the socket by which the server knows it.
    private final class Client {
        let address: SocketAddress
        let socket: Socket
        let token: Int
        let began = Instant.now
        var lastUse = Instant.now
        var conversation: Conversation
        /// A datagram of each side that waits for the next one, to leave behind it.
        var waiting: [Side: (bytes: [UInt8], end: Int, until: Instant)] = [:]

        init(_ address: SocketAddress, _ socket: Socket, token: Int, _ conversation: Conversation) {
            self.address = address
            self.socket = socket
            self.token = token
            self.conversation = conversation
        }

        var time: Duration { .now - began }
    }

    /// How many clients have a socket at once. The one that was silent longest gives its socket up.
    private static let clientLimit = 1_024
    /// How long a datagram waits for the next one that it shall leave behind.
    private static let swapTime = Duration.milliseconds(200)
    /// How many delayed datagrams may wait.
    private static let delayedLimit = 1_024

    let address: SocketAddress
    private let target: SocketAddress
    private let settings: RelaySettings
    private let views: Views
    private let socket: Socket
    private let stop: Socket
    private let poller: Poller
    private var clients: [Int: Client] = [:]
    private var tokens: [String: Int] = [:]
    private var count = 0
    /// Delayed datagrams, in the order in which they leave.
    private var delayed: [(due: Instant, client: Client, bytes: [UInt8], side: Side, end: Int)] = []

    init(on address: SocketAddress, to target: SocketAddress, settings: RelaySettings, views: Views)
        throws
    {
        self.target = target
        self.settings = settings
        self.views = views
        socket = try Socket(address.family, .datagram)
        try socket.bind(to: address)
        try socket.setBlocking(false)
        self.address = try socket.localAddress
        stop = try Socket.stopSignal()
        poller = try Poller(settings.poller)
        try poller.add(socket, for: .reading, token: 0)
        try poller.add(stop, for: .reading, token: 1)
        try views.watch(with: poller, clients: self.address, server: target)
    }

    /// Passes everything on until the program is told to stop.
    func run() throws {
        while true {
            let swaps = clients.values.flatMap { $0.waiting.values.map(\.until) }
            let wake = (swaps + [delayed.first?.due, views.due].compactMap { $0 }).min()
            try poller.wait(timeout: wake.map { $0 - .now })
            while let ready = poller.next() {
                switch ready.token {
                case 0: try receiveFromClients()
                case 1: return
                case let token where token < 0: views.attend(token, ready)
                default: clients[ready.token].map(receiveFromServer)
                }
            }
            settle()
            views.settle()
        }
    }

    private func receiveFromClients() throws {
        // Some at a time, so that a flood does not keep the replies waiting.
        for _ in 0..<64 {
            do throws(SocketError) {
                guard let datagram = try socket.receiveDatagram() else { return }
                let client = try client(at: datagram.sender)
                handle(datagram.bytes, of: client, from: .client)
            } catch {
                diagnose("\(error)")
            }
        }
    }

    private func receiveFromServer(for client: Client) {
        for _ in 0..<64 {
            do throws(SocketError) {
                guard let datagram = try client.socket.receiveDatagram() else { return }
                handle(datagram.bytes, of: client, from: .server)
            } catch {
                show(client.conversation.fail("the server: \(error)", at: client.time))
                return
            }
        }
    }

    private func client(at address: SocketAddress) throws(SocketError) -> Client {
        if let token = tokens[address.description], let client = clients[token] {
            client.lastUse = .now
            return client
        }
        if clients.count >= Self.clientLimit { dropOldest() }
        var socket: Socket
        do throws(SocketError) {
            socket = try Socket(target.family, .datagram)
        } catch {
            guard error.isOutOfDescriptors, !clients.isEmpty else { throw error }
            dropOldest()
            socket = try Socket(target.family, .datagram)
        }
        // Connected, so that nobody but the server is heard.
        try socket.connect(to: target)
        try socket.setBlocking(false)
        count += 1
        let token = count + 1
        guard
            let conversation = try? Conversation(
                count, of: settings.exercise, formats: settings.formats)
        else { preconditionFailure("the formats were checked at the start") }
        settings.trace?("\(count): the client is \(address)")
        let client = Client(address, socket, token: token, conversation)
        try poller.add(socket, for: .reading, token: token)
        clients[token] = client
        tokens[address.description] = token
        return client
    }

    private func dropOldest() {
        guard let oldest = clients.values.min(by: { $0.lastUse < $1.lastUse }) else { return }
        poller.remove(oldest.socket)
        oldest.socket.close()
        clients[oldest.token] = nil
        tokens[oldest.address.description] = nil
    }

    /// Shows a datagram and passes it on, or damages it as a network may do.
    private func handle(_ bytes: [UInt8], of client: Client, from side: Side) {
        let ends = side == .client ? (client.address, address) : (address, client.address)
        views.records.datagram(bytes, from: ends.0, to: ends.1)
        show(client.conversation.receive(bytes, from: side, at: client.time))
        let end = client.conversation.count(of: side)
        guard settings.isDamaged(side), let damage = settings.damage else {
            return send(bytes, of: client, from: side, end)
        }
        // Every choice is made for every datagram, so that one option does not change another's.
        let chance = settings.chance
        let isLost = chance.number(in: 1...100) <= damage.lose
        let isDoubled = chance.number(in: 1...100) <= damage.twice
        let isSwapped = chance.number(in: 1...100) <= damage.swap
        let isFlipped = chance.number(in: 1...100) <= damage.flip
        let bit = chance.number(in: 0...max(0, bytes.count * 8 - 1))
        let delay = damage.delay?.next(chance)
        if isLost { return remark("lost", client, side) }
        var bytes = bytes
        if isFlipped, !bytes.isEmpty {
            bytes[bit / 8] ^= 1 << (bit % 8)
            remark("bit \(bit % 8) of byte \(bit / 8) changed", client, side)
        }
        if let delay {
            remark("after \(delay.shown)", client, side)
            return postpone(bytes, of: client, from: side, end, by: delay, twice: isDoubled)
        }
        if isSwapped, client.waiting[side] == nil {
            remark("waits for the next", client, side)
            client.waiting[side] = (bytes, end, .now + Self.swapTime)
            return
        }
        send(bytes, of: client, from: side, end)
        if isDoubled {
            remark("twice", client, side)
            send(bytes, of: client, from: side, end)
        }
        if let held = client.waiting.removeValue(forKey: side) {
            send(held.bytes, of: client, from: side, held.end)
        }
    }

    private func postpone(
        _ bytes: [UInt8], of client: Client, from side: Side, _ end: Int, by delay: Duration,
        twice: Bool
    ) {
        guard delayed.count < Self.delayedLimit else {
            return remark("lost, for too many wait", client, side)
        }
        if twice { remark("twice", client, side) }
        let due = Instant.now + delay
        let place = delayed.firstIndex { due < $0.due } ?? delayed.count
        for _ in 0..<(twice ? 2 : 1) {
            delayed.insert((due, client, bytes, side, end), at: place)
        }
    }

    private func settle() {
        let now = Instant.now
        while let first = delayed.first, first.due <= now {
            delayed.removeFirst()
            send(first.bytes, of: first.client, from: first.side, first.end)
        }
        for client in clients.values.sorted(by: { $0.token < $1.token }) {
            for side in Side.allCases {
                guard let held = client.waiting[side], held.until <= now else { continue }
                client.waiting[side] = nil
                send(held.bytes, of: client, from: side, held.end)
            }
        }
    }

    private func send(_ bytes: [UInt8], of client: Client, from side: Side, _ end: Int) {
        do throws(SocketError) {
            let isTaken =
                side == .client
                ? try client.socket.sendDatagram(bytes)
                : try socket.sendDatagram(bytes, to: client.address)
            guard isTaken else { return remark("lost, for there is no room", client, side) }
            show(client.conversation.arrive(from: side, end: end, at: client.time))
        } catch {
            show(client.conversation.fail("the \(side.other): \(error)", at: client.time))
        }
    }

    private func remark(_ damage: String, _ client: Client, _ side: Side) {
        show(client.conversation.damage(damage, from: side, at: client.time))
    }

    private func show(_ events: [Event]) { views.show(events) }
}
