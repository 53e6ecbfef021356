import Console
import Conversations
import Sockets

/// Passes TCP connections on, any number at once, on one thread.
///
/// Without damage it is transparent: the end of a stream, a reset and a full window of one side
/// reach the other one as they are.
final class StreamRelay {
    /// How often a socket is read before the others have their turn.
    static let readsInTurn = 4
    /// How many bytes one read brings at most.
    static let readLimit = 65_536

    /// Where clients connect.
    let address: SocketAddress
    /// The server's addresses, in the order in which they are tried.
    let target: [SocketAddress]
    let settings: RelaySettings
    let views: Views
    var records: Records { views.records }
    let listener: Socket
    private let stop: Socket
    let poller: Poller
    /// The connection and the side that each of the poller's tokens stands for.
    var owners: [Int: (Link, Side)] = [:]
    /// The next client's socket to the server. A client is accepted only if there is one for it.
    private var spare: Socket?
    private var nextToken = 2
    private var accepted = 0
    /// Connections for which something is to be done at a time, and when.
    var timed: [Int: (link: Link, due: Instant)] = [:]
    /// When to accept again, while descriptors have run out.
    var acceptAgain: Instant?

    init(
        on address: SocketAddress, to target: [SocketAddress], settings: RelaySettings, views: Views
    ) throws {
        self.target = target
        self.settings = settings
        self.views = views
        listener = try Socket.listener(on: address)
        try listener.setBlocking(false)
        self.address = try listener.localAddress
        stop = try Socket.stopSignal()
        poller = try Poller(settings.poller)
        try poller.add(listener, for: .reading, token: 0)
        try poller.add(stop, for: .reading, token: 1)
        try views.watch(with: poller, clients: self.address, server: target[0])
    }

    /// Passes everything on until the program is told to stop.
    func run() throws {
        while true {
            let wake = (timed.values.map(\.due) + [acceptAgain, views.due].compactMap { $0 }).min()
            try poller.wait(timeout: wake.map { $0 - .now })
            while let ready = poller.next() {
                switch ready.token {
                case 0: try acceptClients()
                case 1: return finish()
                case let token where token < 0: views.attend(token, ready)
                default:
                    guard let (link, side) = owners[ready.token] else { continue }
                    attend(to: link, side, ready)
                }
            }
            let now = Instant.now
            let due = timed.filter { $0.value.due <= now }
            // In the order of their numbers: a dictionary's order changes from run to run.
            for number in due.keys.sorted() { due[number].map { look(at: $0.link) } }
            if let again = acceptAgain, again <= now {
                acceptAgain = nil
                try poller.add(listener, for: .reading, token: 0)
            }
            views.settle()
        }
    }

    /// Ends everything at once: a relay that is gone passes nothing on.
    private func finish() {
        for link in links {
            for side in Side.allCases where link.conversation.waitsForMore(of: side) {
                show(link, link.conversation.pause(of: side, at: link.time))
            }
            close(link)
        }
    }

    private var links: [Link] {
        owners.values.filter { $0.1 == .client }.map(\.0)
            .sorted { $0.conversation.number < $1.conversation.number }
    }

    private func acceptClients() throws {
        do {
            while true {
                let server = try spare ?? Socket(target[0].family, .stream)
                spare = server
                guard let (client, address) = try listener.accept() else { return }
                spare = nil
                try begin(client, from: address, server)
            }
        } catch let error as SocketError where error.isOutOfDescriptors {
            // Clients wait until another one has left, or for a second.
            diagnose("\(error)")
            poller.remove(listener)
            acceptAgain = .now + .seconds(1)
        }
    }

    private func begin(
        _ client: Socket, from address: SocketAddress, _ server: Socket
    ) throws {
        accepted += 1
        let link = Link(
            client: try end(client, .client, isConnected: true),
            server: try end(server, .server, isConnected: false),
            conversation: try Conversation(
                accepted, of: settings.exercise, formats: settings.formats),
            addresses: target.dropFirst())
        owners[link.client.token] = (link, .client)
        records.connect(accepted, from: address, to: self.address)
        settings.trace?("\(accepted): the client is \(address)")
        show(link, link.conversation.connect())
        start(link)
    }

    /// Makes one end of a connection of a socket.
    func end(_ socket: Socket, _ side: Side, isConnected: Bool) throws -> Link.End {
        try socket.setBlocking(false)
        // A small message must not wait here for the acknowledgement of the one before.
        try? socket.setOption(.noDelay, to: 1)
        try? socket.keepAlive()
        nextToken += 1
        let damage = settings.isDamaged(side) ? settings.damage : nil
        return Link.End(
            socket, side, token: nextToken,
            lane: Lane(damage: damage, chance: settings.chance.split()), isConnected: isConnected)
    }

    /// Begins to connect to the server, at the address that is next.
    func start(_ link: Link) {
        link.connectEnd = .now + settings.timeout
        owners[link.server.token] = (link, .server)
        do throws(SocketError) {
            let address = target[target.count - 1 - link.addresses.count]
            settings.trace?("\(link.conversation.number): connecting to \(address)")
            link.server.isConnected = try link.server.socket.connect(to: address)
        } catch {
            return failToConnect(link, error)
        }
        look(at: link)
    }

    /// Tries the server's next address, or resets the client if there is none.
    func failToConnect(_ link: Link, _ error: SocketError) {
        drop(link.server)
        if let address = link.addresses.popFirst(),
            let socket = try? Socket(address.family, .stream),
            let next = try? end(socket, .server, isConnected: false)
        {
            link.server = next
            return start(link)
        }
        show(link, link.conversation.fail("the server: \(error)", at: link.time))
        link.client.socket.reset()
        close(link)
    }
}
