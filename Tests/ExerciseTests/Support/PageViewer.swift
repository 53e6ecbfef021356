import Foundation
import Testing

/// An answer of the relay's live page.
struct PageAnswer {
    let status: String
    /// The fields by name in small letters.
    let fields: [String: String]
    let body: String

    init(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let end = try #require(text.range(of: "\r\n\r\n"), "\(text)")
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        status = lines[0]
        fields = Dictionary(
            uniqueKeysWithValues: lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
                return (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces))
            })
        body = String(text[end.upperBound...])
    }
}

/// A browser that reads the events of the relay's live page.
final class PageViewer {
    /// One event: its type where it is no message, its id, its data with all times as 0.
    struct Event: Equatable {
        var type: String?
        var id: String?
        var data = ""
    }

    let connection: RawClient
    /// What came before the first message.
    private(set) var beginning = ""
    /// The id of the last event read.
    private(set) var lastID: String?

    /// Opens `/events`, and waits for the beginning.
    init(at port: Int, after id: String? = nil, receiveBuffer: Int32? = nil) throws {
        connection = try RawClient(port: port, receiveBuffer: receiveBuffer)
        try connection.send(
            "GET /events HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
                + (id.map { "Last-Event-ID: \($0)\r\n" } ?? "") + "\r\n")
        #expect(try connection.receiveLine() == "HTTP/1.1 200 OK\r")
        while try connection.receiveLine() != "\r" {}
        let event = try next()
        #expect(event.type == "begin")
        beginning = event.data
    }

    /// Waits for the next event; comments are passed over.
    func next() throws -> Event {
        var event = Event()
        while true {
            let line = try connection.receiveLine()
            if line.isEmpty, !event.data.isEmpty { return event }
            let parts = line.components(separatedBy: ": ")
            let value = parts.dropFirst().joined(separator: ": ")
            switch parts[0] {
            case "event": event.type = value
            case "id":
                event.id = value
                lastID = value
            case "data":
                event.data = value.replacing(#/"time":\d+/#, with: "\"time\":0")
            default: break
            }
        }
    }

    /// Waits for the next event, and returns its data as it stands there.
    func nextData() throws -> String { try next().data }

    /// Waits for the next message of a program, and returns its words.
    func nextWords() throws -> String {
        while true {
            let data = try #require(
                try JSONSerialization.jsonObject(with: Data(next().data.utf8)) as? [String: Any])
            if data["kind"] as? String == "says" { return try #require(data["words"] as? String) }
        }
    }
}

extension RelayUnderTest {
    /// The port of its live page. It can be asked for once.
    func pagePort() throws -> Int {
        let line = try relay.waitForLine(on: .standardError, containing: "watch at http://")
        return try #require(line.split(separator: ":").last.flatMap { Int($0.dropLast()) })
    }
}

/// Asks the live page at `port` for something, in these very bytes.
func askPage(at port: Int, _ request: String) throws -> PageAnswer {
    let client = try RawClient(port: port)
    try client.send(request)
    return try PageAnswer(try client.receiveToEnd())
}
