import Console
import Conversations
import Sockets

/// Passes datagrams on, with a socket of its own to the server for each client's address.
final class DatagramRelay {
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
    /// The datagrams that wait for the next one, in the order in which their time is over; a few
    /// have left already.
    private var swaps: [(until: Instant, client: Client, side: Side)] = []

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
            let dues = [swaps.first?.until, delayed.first?.due, views.due]
            let wake = dues.compactMap { $0 }.min()
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
        for side in Side.allCases {
            if let held = oldest.waiting.removeValue(forKey: side) {
                leave(held.datagram, of: oldest, from: side)
            }
        }
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
        let datagram = Datagram(bytes: bytes, end: end, delay: delay, isDoubled: isDoubled)
        if isSwapped, client.waiting[side] == nil {
            remark("waits for the next", client, side)
            let until = Instant.now + Self.swapTime
            client.waiting[side] = (datagram, until)
            swaps.append((until, client, side))
            return
        }
        leave(datagram, of: client, from: side)
        if let held = client.waiting.removeValue(forKey: side) {
            leave(held.datagram, of: client, from: side)
        }
    }

    /// Sends a datagram now, or after its delay.
    private func leave(_ datagram: Datagram, of client: Client, from side: Side) {
        if datagram.isDoubled { remark("twice", client, side) }
        if let delay = datagram.delay { remark("after \(delay.milliseconds) s", client, side) }
        for _ in 0..<(datagram.isDoubled ? 2 : 1) {
            guard let delay = datagram.delay else {
                send(datagram.bytes, of: client, from: side, datagram.end)
                continue
            }
            guard delayed.count < Self.delayedLimit else {
                return remark("lost, for too many wait", client, side)
            }
            let due = Instant.now + delay
            let place = delayed.firstIndex { due < $0.due } ?? delayed.count
            delayed.insert((due, client, datagram.bytes, side, datagram.end), at: place)
        }
    }

    private func settle() {
        let now = Instant.now
        while let first = delayed.first, first.due <= now {
            delayed.removeFirst()
            send(first.bytes, of: first.client, from: first.side, first.end)
        }
        let over = swaps.prefix { $0.until <= now }
        swaps.removeFirst(over.count)
        for (until, client, side) in over {
            guard let held = client.waiting[side], held.until == until else { continue }
            client.waiting[side] = nil
            leave(held.datagram, of: client, from: side)
        }
    }

    private func send(_ bytes: [UInt8], of client: Client, from side: Side, _ end: Int) {
        guard clients[client.token] === client else {
            return remark("lost, for too many clients came", client, side)
        }
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
