import Console
import Conversations
import Files
import Sockets

/// Everything that looks at the conversations: the lines on standard output, the ladder, the
/// capture file and the live page.
final class Views {
    private let text: TextView
    /// The files that were asked for.
    let records: Records
    private let page: LivePage?

    init(text: TextView, records: Records, page: LivePage?) {
        self.text = text
        self.records = records
        self.page = page
    }

    /// When there is something to do without any socket; `nil` is never.
    var due: Instant? { page?.due }

    /// Lets the poller watch the sockets of the views.
    ///
    /// - Parameters:
    ///   - clients: Where clients connect to the relay.
    ///   - server: Where the relay connects to.
    func watch(with poller: Poller, clients: SocketAddress, server: SocketAddress) throws {
        try page?.open(with: poller, clients: clients, server: server)
    }

    /// A socket of the views is ready; their tokens are below 0.
    func attend(_ token: Int, _ ready: Poller.Event) { page?.attend(token, ready) }

    /// Does the work that is due.
    func settle() { page?.settle() }

    func show(_ events: [Event]) {
        for event in events {
            if let line = text.line(for: event) { print(line) }
            records.add(event)
            page?.show(event)
        }
    }

    /// Ends the page, and puts the files in their places.
    func finish() throws {
        page?.finish()
        try records.finish()
    }
}
