import Foundation
import Testing

/// A server that mistreats a connected client.
///
/// A test hands one to `result(of:arguments:input:)`, which plays it against the client under test.
struct HostileServer: CustomTestStringConvertible, Sendable {
    /// Names the case in a failure.
    let name: String
    var testDescription: String { name }
    private let behave: @Sendable (RawClient) throws -> Void

    /// Describes a server that does `behave` with its only connection and then closes it.
    init(_ name: String, _ behave: @escaping @Sendable (RawClient) throws -> Void) {
        self.name = name
        self.behave = behave
    }

    /// It ends the stream without a word, and reads what still comes.
    static let closesAtOnce = HostileServer("closes at once") { connection in
        connection.shutdownSending()
        _ = try? connection.receiveToEnd()
    }

    /// It resets the connection without a word.
    static let resetsAtOnce = HostileServer("resets at once") { $0.reset() }

    /// It says nothing, and waits for the client to give up.
    static let silent = HostileServer("says nothing") { _ = try? $0.receiveToEnd() }

    /// It answers the first `request` bytes with part of a message and ends the stream.
    static func closesInMidMessage(_ part: [UInt8], after request: Int = 1) -> HostileServer {
        HostileServer("closes in mid-message") { connection in
            _ = try connection.receive(exactly: request)
            try connection.send(part)
            connection.shutdownSending()
            _ = try? connection.receiveToEnd()
        }
    }

    /// It answers the first `request` bytes with part of a message and resets.
    static func resetsInMidMessage(_ part: [UInt8], after request: Int = 1) -> HostileServer {
        HostileServer("resets in mid-message") { connection in
            _ = try connection.receive(exactly: request)
            try connection.send(part)
            connection.reset()
        }
    }

    /// It answers the first `request` bytes with part of a message and waits.
    static func stallsInMidMessage(_ part: [UInt8], after request: Int = 1) -> HostileServer {
        HostileServer("stalls in mid-message") { connection in
            _ = try connection.receive(exactly: request)
            try connection.send(part)
            _ = try? connection.receiveToEnd()
        }
    }

    /// It answers any request like a web server.
    static let wrongProtocol = HostileServer("speaks another protocol") { connection in
        _ = try connection.receive(exactly: 1)
        try connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        connection.shutdownSending()
        _ = try? connection.receiveToEnd()
    }

    /// It answers every `request` bytes correctly, but in segments of one byte.
    ///
    /// - Parameter replies: The requests' replies in order; then it reads to the end.
    static func byteAtATime(_ replies: [[UInt8]], toEach request: Int) -> HostileServer {
        HostileServer("replies a byte at a time") { connection in
            for reply in replies {
                _ = try connection.receive(exactly: request)
                try connection.sendInPieces(reply)
            }
            _ = try? connection.receiveToEnd()
        }
    }

    /// Plays this server against the client `name`, and waits for the client to end.
    ///
    /// - Parameters:
    ///   - arguments: The client's arguments, given the server's port.
    ///   - input: The client's whole standard input.
    func result(
        of name: String, input: String = "", folder: String? = nil,
        arguments: (Int) -> [String]
    ) throws -> ProgramResult {
        try result(input: input) { port in
            try Running([BuiltPrograms.path(of: name)] + arguments(port), folder: folder)
        }
    }

    /// Plays this server against the client that `start` starts, given the server's port.
    func result(
        input: String = "", ofClient start: (Int) throws -> Running
    ) throws -> ProgramResult {
        let listener = try RawServer()
        return try finishing(try start(listener.port)) { client in
            if !input.isEmpty { try? client.write(input) }
            client.closeInput()
            let connection = try accept(client, at: listener)
            do {
                try behave(connection)
            } catch {
                throw client.failure("with a server that \(name): \(error)")
            }
            connection.close()
            return try client.runToEnd()
        }
    }

    /// Waits for the client's connection, until the client ends.
    private func accept(_ client: Running, at listener: RawServer) throws -> RawClient {
        let deadline = Date(timeIntervalSinceNow: patience)
        while !isReady(listener.descriptor, for: Int32(POLLIN), by: Date() + 0.02) {
            guard client.isAlive, Date() < deadline else {
                throw client.failure("it has not connected")
            }
        }
        return try listener.accept()
    }

    /// Runs the client `name` against a port where nobody listens, and where nobody else will.
    static func resultWithNobodyListening(
        of name: String, input: String = "", folder: String? = nil,
        arguments: (Int) -> [String]
    ) throws -> ProgramResult {
        let holder = try RawServer(isListening: false)
        defer { holder.close() }
        return try run(name, arguments(holder.port), input: input, folder: folder)
    }
}
