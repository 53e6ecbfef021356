import Processes

extension Exam {
    static let fileServer = Exam(
        "file-server", arguments: ["{port}"], files: files,
        [
            Case(
                "start.listen", .sheet, 6, ">python TCPserver.py port",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 20, "The client sends the file name to be transferred",
                needs: ["start.listen"], [.findsFileForm]),
        ]
            + FileContent.sizes.map { size in
                Case(
                    "size.\(size)", .sheet, size < 2 ? 3 : 4, blocks, needs: ["form"],
                    fileExchange.opening("A") + [.gets("A", FileContent.name(size))])
            }
            + [
                Case(
                    "size.big", .sheet, 10, blocks, needs: ["form"],
                    fileExchange.opening("A") + [.gets("A", FileContent.name(FileContent.big))]),
                Case(
                    "binary", .sheet, 8, "Compare the contents of the two files", needs: ["form"],
                    fileExchange.opening("A") + [.gets("A", "Everybyte.bin")]),
                Case(
                    "next", .sheet, 8, "server - first to run and usually always running",
                    needs: ["form"],
                    fileExchange.opening() + ["A", "B", "C"].flatMap(fileExchange.visit)),
                Case(
                    "name", .network, 3, "A file's name may hold blanks and colons (open(2))",
                    needs: ["form"],
                    fileExchange.opening("A") + [.gets("A", "my notes: 1.txt")]),
                Case(
                    "missing", .network, 4,
                    "A name that stands for no file is the trouble of its sender alone",
                    needs: ["next"],
                    fileExchange.opening("A") + [.asksFile("A", "No such file.txt"), .leaves("A")]
                        + fileExchange.enter("B") + [.asksFile("B", "."), .leaves("B")]
                        + fileExchange.visit("C")),
                Case(
                    "outside", .network, 4,
                    "With .. or / a name leads out of the folder (path_resolution(7))",
                    needs: ["form"], fileExchange.opening() + [.asksOutside]),
            ]
            + ServerCases.all(
                fileExchange,
                network: [
                    "frame.split": 2, "leave.end": 2, "leave.reset": 3, "leave.mid": 1,
                    "half.close": 3, "leaks": 1, "idle": 1, "no.arguments": 1, "restart": 2,
                    "stop": 1, "behind": 1,
                    "port.taken": 1,
                ]))

    private static let blocks = "The server sends the file to the client in 1024 bytes blocks"

    private static let fileExchange = Exchange(
        next: { play, client in
            play[FilesAsked.self].count += 1
            return play.fileQuestion(
                play[FilesAsked.self].count % 2 == 0 ? fileName : "Other.txt", by: client)
        },
        noFraming: TextEnd.noFraming, isOneByOne: true, isOneQuestion: true)

    fileprivate static let files: [String: [UInt8]] = {
        var files = [
            fileName: FileContent.text, "Other.txt": Array("Something else.\n".utf8),
            "my notes: 1.txt": Array("blank and colon".utf8), "Everybyte.bin": FileContent.binary,
        ]
        for size in FileContent.sizes + [FileContent.big] {
            files[FileContent.name(size)] = FileContent.bytes(size)
        }
        return files
    }()
}

/// How the server sends a file.
private struct FileForm: Finding {
    var head = 0
}

private struct FilesAsked: Memory {
    var count = 0
}

extension Play {
    fileprivate func fileQuestion(_ name: String, by client: String) -> Question {
        let content = Exam.files[name] ?? []
        let end = self[TextEnd.self]
        var question = Question(
            "\"\(name)\"", end.bytes(name), by: client,
            wanted: { .file(content, [FileHead.candidates[$0[FileForm.self].head]]) })
        question.endsStream = end.end == .stream
        return question
    }
}

extension Step {
    fileprivate static let findsFileForm = Step("A asks for a file") { play throws(Miss) in
        let content = FileContent.text
        try play.findTextEnd(
            of: [fileName], .file(content), enter: [.starts, .connects("A")])
        // The first one that fits; an empty head fits only the bare bytes.
        play.startOver()
        for step in [Step.starts, .connects("A")] { try step.perform(play) }
        for (index, head) in FileHead.candidates.enumerated() {
            play[FileForm.self].head = index
            if index > 0 {
                play.startOver()
                for step in [Step.starts, .connects("A")] { try step.perform(play) }
            }
            do throws(Miss) {
                try Step.gets("A", fileName).perform(play)
                play.findings.words.insert(head.words, at: 0)
                return
            } catch {
                if error.isJudges || index == FileHead.candidates.count - 1 { throw error }
            }
        }
    }

    fileprivate static func asksFile(_ client: String, _ name: String) -> Step {
        Step("\(client) asks for \"\(name)\"") { play throws(Miss) in
            let question = play.fileQuestion(name, by: client)
            try play.send(question.bytes, question.words, on: client)
            play.waitUntilRead(try play.peer(client))
        }
    }

    fileprivate static func gets(_ client: String, _ name: String) -> Step {
        Step("\(client) gets \(name)") { play throws(Miss) in
            try play.ask(play.fileQuestion(name, by: client), by: client)
            try Step.answered(client).perform(play)
        }
    }

    /// The server keeps to its folder, which is the one that it was started in.
    fileprivate static let asksOutside = Step("A asks with .., and B with /") { play throws(Miss) in
        let secret = Array("Nobody outside may read this.".utf8)
        guard let other = try? ScratchFolder() else { return }
        defer { other.remove() }
        SubjectFile.write(secret, to: "\(other.path)/secret.txt")
        let folder = other.path.split(separator: "/").last ?? ""
        for (client, name) in [("A", "../\(folder)/secret.txt"), ("B", "\(other.path)/secret.txt")]
        {
            // Some servers end with their first client.
            if client == "B" {
                play.startOver()
                try play.startServer()
            }
            guard let program = play.programs["server"] else { return }
            try play.connect(client)
            let peer = try play.peer(client)
            // The folder's name is by chance, and has no place in the story.
            play.note(
                "\(client) asks for a file outside, by a name with \(client == "A" ? ".." : "/")")
            try? peer.socket.sendAll(play[TextEnd.self].bytes(name))
            try? peer.socket.shutdown(.sending)
            while program.isAlive, peer.take(until: play.deadline), peer.ending == nil {}
            guard peer.buffer.firstRange(of: secret) == nil else {
                throw Miss(wanted: "nothing of that file", got: "the whole file")
            }
            play.remove(client)
        }
    }
}
