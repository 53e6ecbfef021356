// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "socket-labs",
    platforms: [.macOS(.v15)],
    products: [
        // For a solution of your own in Swift: Exercises.md has a page on it.
        .library(name: "Sockets", targets: ["Sockets"]),
        .library(name: "Protocol", targets: ["Protocol"]),
        .library(name: "Messaging", targets: ["Messaging"]),
    ],
    targets: [
        // Practice 4
        program("select-server", in: "Practice4", uses: "Sockets", "Protocol"),
        program("select-client", in: "Practice4", uses: "Sockets", "Protocol"),
        program("calculator-server", in: "Practice4", uses: "Messaging", "Sockets", "Protocol"),
        program("calculator-client", in: "Practice4", uses: "Messaging", "Protocol"),
        program("chat-server", in: "Practice4", uses: "Messaging", "Sockets", "Protocol"),
        program("chat-client", in: "Practice4", uses: "Messaging", "Protocol"),
        program("guess-server", in: "Practice4", uses: "Messaging", "Sockets", "Protocol"),
        program("guess-client", in: "Practice4", uses: "Messaging", "Protocol"),
        program("socket-options", in: "Practice4", uses: "Sockets", "Protocol"),
        program("socket-timeouts", in: "Practice4", uses: "Sockets", "Threads"),

        // Unit B3
        program("message-server", in: "UnitB3", uses: "Sockets", "Protocol"),
        program("message-client", in: "UnitB3", uses: "Sockets", "Protocol"),
        program("talk-server", in: "UnitB3", uses: "Messaging", "Sockets", "Protocol"),
        program("talk-client", in: "UnitB3", uses: "Messaging", "Protocol"),

        // Lab 2
        program("echo-server", in: "Lab2", uses: "Messaging", "Sockets", "Protocol"),
        program("echo-client", in: "Lab2", uses: "Messaging", "Protocol"),
        program("sum-server", in: "Lab2", uses: "Messaging", "Sockets", "Protocol"),
        program("sum-client", in: "Lab2", uses: "Messaging", "Sockets", "Protocol"),
        program("file-server", in: "Lab2", uses: "Messaging", "Sockets", "Protocol", "Files"),
        program("file-client", in: "Lab2", uses: "Sockets", "Protocol", "Files"),

        program("arguments", in: "Lab2"),

        // Programming 2
        program("host-info", in: "Programming2", uses: "Sockets"),
        program("http-get", in: "Programming2", uses: "Messaging", "Protocol"),
        program("hello-server", in: "Programming2", uses: "Sockets", "Protocol"),
        program("hello-client", in: "Programming2", uses: "Sockets", "Protocol"),
        program("strftime-server", in: "Programming2", uses: "Messaging", "Sockets", "Protocol"),
        program("strftime-client", in: "Programming2", uses: "Messaging", "Protocol"),
        program(
            "threaded-server", in: "Programming2", uses: "Messaging", "Sockets", "Protocol",
            "Threads"),
        program("count-threads", in: "Programming2", uses: "Threads"),
        program(
            "quiz-server", in: "Programming2", uses: "Messaging", "Sockets", "Protocol", "Files",
            "Passwords", ships: "questions.txt"),
        program("quiz-client", in: "Programming2", uses: "Messaging", "Protocol"),
        program(
            "hangman-server", in: "Programming2", uses: "Messaging", "Sockets", "Protocol", "Files",
            ships: "words.txt"),
        program("hangman-client", in: "Programming2", uses: "Messaging", "Protocol"),
        program("tictactoe-server", in: "Programming2", uses: "Messaging", "Sockets", "Protocol"),
        program("tictactoe-client", in: "Programming2", uses: "Messaging", "Protocol"),

        // CS 212
        program("udp-server", in: "CS212", uses: "Sockets", "Protocol"),
        program("udp-client", in: "CS212", uses: "Sockets", "Protocol"),
        program("datetime-server", in: "CS212", uses: "Sockets", "Protocol"),
        program("datetime-client", in: "CS212", uses: "Sockets", "Protocol"),
        program("arithmetic-server", in: "CS212", uses: "Messaging", "Sockets", "Protocol"),
        program("arithmetic-client", in: "CS212", uses: "Messaging", "Protocol"),
        program("chatroom-server", in: "CS212", uses: "Messaging", "Sockets", "Protocol"),
        program("chatroom-client", in: "CS212", uses: "Messaging", "Protocol"),

        // For programs of anybody.
        program(
            "relay", in: "Tools", uses: "Conversations", "Sockets", "Protocol", "Files",
            ships: "page.html"),
        program(
            "grade", in: "Tools", uses: "Conversations", "Processes", "Sockets", "Protocol",
            "Files", "Threads"),

        // The modules. Arrows point down only.
        module("Messaging", uses: "Sockets", "Protocol"),
        module("Sockets", uses: "CSystem"),
        module("Protocol"),
        module("Conversations", uses: "Protocol"),
        module("Files", uses: "CSystem"),
        module("Passwords", uses: "CPasswords"),
        module("Threads", uses: "CSystem"),
        module("Processes", uses: "CSystem"),
        module("Console", uses: "CSystem"),
        .target(name: "CSystem"),
        .target(
            name: "CPasswords",
            linkerSettings: [.linkedLibrary("crypt", .when(platforms: [.linux]))]),

        // The tests.
        tests("SocketsTests", of: "Sockets", "TestSupport", "CTestSupport"),
        tests("ProtocolTests", of: "Protocol", besides: "make-struct-corpus.py"),
        tests("MessagingTests", of: "Messaging", "Sockets", "Protocol", "TestSupport"),
        tests("ConversationsTests", of: "Conversations", "Protocol"),
        tests("FilesTests", of: "Files"),
        tests("PasswordsTests", of: "Passwords"),
        tests("ThreadsTests", of: "Threads"),
        tests("ProcessesTests", of: "Processes", "CSystem"),
        tests("ConsoleTests", of: "Console", "TestSupport"),
        tests(
            "RulesTests", of: "guess-server", "guess-client", "calculator-server",
            "calculator-client", "file-client", "sum-client", "quiz-server", "hangman-server",
            "tictactoe-server", "http-get", "arithmetic-server", "arithmetic-client",
            "chatroom-server",
            "Protocol"),
        tests("BookLinesTests", of: "Sockets", "Protocol", "Threads", "Console"),
        tests("ExerciseTests", of: "Processes", "TestSupport", "CTestSupport"),
        .target(
            name: "TestSupport", dependencies: ["CTestSupport", "Processes"],
            path: "Tests/TestSupport"),
        .target(name: "CTestSupport", path: "Tests/CTestSupport"),
    ],
    swiftLanguageModes: [.v6]
)

func module(_ name: String, uses modules: Target.Dependency...) -> Target {
    .target(name: name, dependencies: modules)
}

/// A program, with the files that become a part of it.
func program(
    _ name: String, in sheet: String, uses modules: Target.Dependency..., ships files: String...
) -> Target {
    .executableTarget(
        name: name, dependencies: modules + ["Console"], path: "Sources/\(sheet)/\(name)",
        resources: files.map { .embedInCode($0) })
}

func tests(
    _ name: String, of targets: Target.Dependency..., besides scripts: String...
) -> Target {
    .testTarget(name: name, dependencies: targets, exclude: scripts)
}
