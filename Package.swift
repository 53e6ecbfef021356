// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "socket-labs",
    platforms: [.macOS(.v15)],
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

        // Lab 2
        program("echo-server", in: "Lab2", uses: "Messaging", "Sockets", "Protocol"),
        program("echo-client", in: "Lab2", uses: "Messaging", "Protocol"),
        program("sum-server", in: "Lab2", uses: "Messaging", "Sockets", "Protocol"),
        program("sum-client", in: "Lab2", uses: "Messaging", "Sockets", "Protocol"),
        program("file-server", in: "Lab2", uses: "Messaging", "Sockets", "Protocol", "Files"),
        program("file-client", in: "Lab2", uses: "Sockets", "Protocol", "Files"),

        // CS 212
        program("datetime-server", in: "CS212", uses: "Sockets", "Protocol"),
        program("datetime-client", in: "CS212", uses: "Sockets", "Protocol"),

        // The modules. Arrows point down only.
        module("Messaging", uses: "Sockets", "Protocol"),
        module("Sockets", uses: "CSystem"),
        module("Protocol"),
        module("Files", uses: "CSystem"),
        module("Console", uses: "CSystem"),
        .target(name: "CSystem"),

        // The tests.
        tests("SocketsTests", of: "Sockets"),
        tests("ProtocolTests", of: "Protocol", besides: "make-struct-corpus.py"),
        tests("MessagingTests", of: "Messaging", "Sockets", "Protocol"),
        tests("FilesTests", of: "Files"),
        tests("ConsoleTests", of: "Console"),
        tests(
            "RulesTests", of: "guess-server", "guess-client", "calculator-server",
            "calculator-client", "chat-server", "file-client", "sum-client", "Protocol"),
        tests("ExerciseTests"),
    ],
    swiftLanguageModes: [.v6]
)

func module(_ name: String, uses modules: Target.Dependency...) -> Target {
    .target(name: name, dependencies: modules)
}

func program(_ name: String, in sheet: String, uses modules: Target.Dependency...) -> Target {
    .executableTarget(
        name: name, dependencies: modules + ["Console"], path: "Sources/\(sheet)/\(name)")
}

func tests(
    _ name: String, of targets: Target.Dependency..., besides scripts: String...
) -> Target {
    .testTarget(name: name, dependencies: targets, exclude: scripts)
}
