// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "my-solution",
    platforms: [.macOS(.v15)],
    dependencies: [.package(path: "../socket-labs")],
    targets: [
        .executableTarget(
            name: "my-guess-client",
            dependencies: [
                .product(name: "Messaging", package: "socket-labs"),
                .product(name: "Protocol", package: "socket-labs"),
            ])
    ]
)
