import Protocol

extension Exam {
    static let fileClient = Exam(
        "file-client", arguments: ["{host}:{port}:{name}", "{file}"], width: 10,
        files: ["Old.txt": [UInt8](repeating: 111, count: 5_000)],
        [
            Case(
                "connect", .sheet, 6,
                ">python TCPclient.py server:port:fNameInServer fNameInClient",
                asks.start() + [.accepts()]),
            Case(
                "form", .sheet, 18, "The client sends the file name to be transferred",
                needs: ["connect"], [.findsFileRequest]),
        ]
            + FileContent.sizes.map { size in
                Case(
                    "size.\(size)", .sheet, size < 2 ? 3 : 4, writes, needs: ["form"],
                    takes(FileContent.bytes(size)))
            }
            + [
                Case(
                    "size.big", .sheet, 10, writes, needs: ["form"],
                    takes(FileContent.bytes(FileContent.big))),
                Case(
                    "binary", .sheet, 8, "Compare the contents of the two files", needs: ["form"],
                    takes(FileContent.binary)),
                Case(
                    "old", .sheet, 4, writes, needs: ["form"],
                    takes(FileContent.text, into: "Old.txt")),
                Case(
                    "end", .sheet, 6, "Closed at the request of either the client or the server;",
                    needs: ["form"],
                    asks.opening() + [.sendsFile("A", FileContent.text), .exits("A")]),
                Case(
                    "name", .network, 4, "A file's name may hold blanks and colons (open(2))",
                    needs: ["form"], takes(FileContent.text, name: "my notes: 1.txt")),
                Case(
                    "broken", .network, 8,
                    "A reset is no end: the file is not whole (RFC 9293, 3.5.2)",
                    needs: ["form"], asks.opening() + [.breaks("A"), .doesNotLookWhole("A")]),
            ]
            + ClientCases.all(
                asks,
                network: [
                    "reply.pieces": 5, "server.ends": 5, "server.missing": 5, "behind": 3,
                ]))

    private static let writes =
        "Client receives the blocks, sent by the server, and writes them to its local disk."

    private static let asks = service(fileName, "Copy.txt")

    private static func service(_ name: String, _ file: String) -> Service {
        Service(
            values: ["name": name, "file": file], begin: { [.hearsFileRequest($0, name)] },
            reply: { play, _ in
                ("a file of 39 bytes", play[FileRequestForm.self].reply(FileContent.text))
            },
            understood: { [.halfCloses($0), .hasWritten($0, FileContent.text, file)] })
    }

    private static func takes(
        _ content: [UInt8], name: String = fileName, into file: String = "Copy.txt"
    ) -> [Step] {
        service(name, file).opening() + [.sendsFile("A", content), .hasWritten("A", content, file)]
    }
}

/// How the client asks, and in what form it wants the file.
private struct FileRequestForm: Finding {
    /// The name has its length before it, as four bytes; so has every block.
    var isFramed = false
    var head = 0

    /// The whole reply.
    func reply(_ content: [UInt8]) -> [UInt8] {
        guard isFramed else { return FileHead.candidates[head].bytes(content.count) + content }
        var bytes = FileReply.accepted(size: UInt64(content.count))
        for start in stride(from: 0, to: content.count, by: 1_024) {
            let block = content[start..<min(content.count, start + 1_024)]
            bytes += [UInt8(block.count >> 8), UInt8(block.count & 255)] + block
        }
        return bytes + FileReply.end
    }

    var words: String {
        isFramed
            ? "the name after its length, the file in blocks with theirs"
            : FileHead.candidates[head].words
    }
}

extension Step {
    /// Finds out how the client asks, and which form of a file it writes as it should.
    fileprivate static let findsFileRequest = Step("A asks for a file, and writes it") {
        play throws(Miss) in
        let service = Service(
            values: ["name": fileName, "file": "Copy.txt"],
            begin: { [.hearsFileRequest($0, fileName)] }, reply: { _, _ in ("", []) },
            understood: { _ in [] })
        var first: Miss?
        for index in FileHead.candidates.indices {
            play[FileRequestForm.self].head = index
            do throws(Miss) {
                for step in service.opening() { try step.perform(play) }
                try Step.sendsFile("A", FileContent.text).perform(play)
                try Step.hasWritten("A", FileContent.text, "Copy.txt").perform(play)
                play.findings.words = [play[FileRequestForm.self].words]
                return
            } catch {
                first = first ?? error
                if error.isJudges || play[FileRequestForm.self].isFramed { throw error }
                play.startOver()
            }
        }
        if let first { throw first }
    }

    /// The client sends the name, bare or with its length before it.
    fileprivate static func hearsFileRequest(_ client: String, _ name: String) -> Step {
        Step("\(client) asks for \"\(name)\"") { play throws(Miss) in
            let framed = [0, 0, 0, UInt8(name.utf8.count)] + Array(name.utf8)
            let bare = Wanted.text(name)
            let wanted = Wanted(bare.words, pattern: bare.pattern, mistakes: bare.mistakes) {
                bytes, hasEnded in
                guard bytes.first == 0 else { return bare.match(bytes, hasEnded) }
                if bytes == framed { return .found(count: bytes.count, words: "\"\(name)\"") }
                return framed.starts(with: bytes) ? .more : .wrong
            }
            let bytes = try play.receive(wanted, on: client)
            play[FileRequestForm.self].isFramed = bytes.first == 0
        }
    }

    fileprivate static func sendsFile(_ client: String, _ content: [UInt8]) -> Step {
        Step("\(client) gets a file of \(content.count) bytes") { play throws(Miss) in
            let bytes = play[FileRequestForm.self].reply(content)
            try play.send(bytes, "a file of \(content.count) bytes", on: client)
            try Step.halfCloses(client).perform(play)
        }
    }

    /// A part of a file comes, and then a reset.
    fileprivate static func breaks(_ client: String) -> Step {
        Step("\(client) gets a part of a file, and a reset") { play throws(Miss) in
            let bytes = play[FileRequestForm.self].reply(FileContent.bytes(5_000)).prefix(3_000)
            try play.send(Array(bytes), "3,000 bytes of a file of 5,000", on: client)
            play.waitUntilRead(try play.peer(client))
            try Step.resets(client).perform(play)
        }
    }

    fileprivate static func hasWritten(_ client: String, _ content: [UInt8], _ name: String)
        -> Step
    {
        Step("it has written \(name)") { play throws(Miss) in
            let program = try play.program(client)
            // It has written all of it when it ends; one that does not end gets its time.
            _ = program.waitForEnd(within: play.patience)
            let file = SubjectFile.read("\(program.folder.path)/\(name)")
            let wanted = "\(name) with the file's \(content.count) bytes"
            guard let file else {
                throw Miss(
                    wanted: wanted, got: "no file of that name", program.isAlive ? .silence : .exit)
            }
            guard file == content else {
                throw Miss(
                    wanted: wanted, got: "a file of \(file.count) bytes",
                    program.isAlive ? .silence : .exit, cause: FileDifference(content, file).words)
            }
            play.note("the program has written \(name), \(content.count) bytes")
        }
    }

    /// Either the program tells it by its exit code, or there is no file.
    fileprivate static func doesNotLookWhole(_ client: String) -> Step {
        Step("it ends with another code than 0, or leaves no file") { play throws(Miss) in
            let ending = try play.expectExit(of: client)
            let folder = try play.program(client).folder.path
            guard ending == .code(0), SubjectFile.read("\(folder)/Copy.txt") != nil else { return }
            throw Miss(
                wanted: "an exit code other than 0, or no file",
                got: "exit code 0, and a file that is not whole", .exit)
        }
    }
}
