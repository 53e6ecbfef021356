// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "socket-labs",
    platforms: [.macOS(.v15)],
    targets: [
        // The modules. Arrows point down only.
        module("Messaging", uses: "Sockets", "Protocol"),
        module("Sockets", uses: "CSystem"),
        module("Protocol"),
        module("Files", uses: "CSystem"),
        module("Console", uses: "CSystem"),
        .target(name: "CSystem"),

        // The tests.
        tests("SocketsTests", of: "Sockets"),
        tests("ProtocolTests", of: "Protocol"),
        tests("MessagingTests", of: "Messaging", "Sockets", "Protocol"),
        tests("FilesTests", of: "Files"),
        tests("ConsoleTests", of: "Console"),
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

func tests(_ name: String, of targets: Target.Dependency...) -> Target {
    .testTarget(name: name, dependencies: targets)
}
