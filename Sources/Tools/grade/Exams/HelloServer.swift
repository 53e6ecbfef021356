extension Exam {
    static let helloServer = Exam(
        "hello-server",
        [
            Case(
                "start.listen", .sheet, 15, "Listen for incoming requests",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 35, "client_socket.sendall((b\"Hello in return!\"))",
                needs: ["start.listen"],
                hello.opening("A") + [.asks("A", hello), .answered("A"), .goesOnOrEnds(hello)]),
            Case(
                "waits", .sheet, 5, "message_from_client = client_socket.recv(1024)",
                needs: ["form"], hello.opening("A") + [.saysNothingYet("A")]),
            Case(
                "closes", .sheet, 20, "Close connection to the client", needs: ["form"],
                hello.opening("A") + [.asks("A", hello), .answered("A"), .isAllThen("A")]),
        ]
            + ServerCases.all(
                hello,
                network: [
                    "leave.end": 4, "leave.reset": 4, "half.close": 4, "leaks": 1, "idle": 2,
                    "no.arguments": 1,
                    "restart": 3, "stop": 2, "behind": 2, "port.taken": 2,
                ]))

    private static let hello = Exchange(
        next: { _, client in
            Question(
                "\"Hi Server\"", Array("Hi Server".utf8), by: client,
                wanted: { _ in .text("Hello in return!") })
        },
        isOneByOne: true, isOneQuestion: true, noSecond: Lifetime.noSecond)
}
