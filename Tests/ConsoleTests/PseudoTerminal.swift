import CSystem
import Foundation
import Testing

/// A terminal without a screen. This class reads the output of the program in it, and types. Only
/// one thread at a time uses it.
final class PseudoTerminal: @unchecked Sendable {
    private let master: Int32
    private let slave: Int32
    private var seen: [UInt8] = []

    /// The device that a program opens to be in this terminal.
    let path: String

    init() throws {
        var (master, slave): (Int32, Int32) = (-1, -1)
        try #require(Self.openpty(&master, &slave, nil, nil, nil) == 0)
        for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (self.master, self.slave) = (master, slave)
        // Not ttyname(3), for all threads share its buffer.
        var name = [CChar](repeating: 0, count: 256)
        try #require(ttyname_r(slave, &name, name.count) == 0)
        path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        close(master)
        close(slave)
    }

    /// Makes the terminal at `path` this process's standard streams.
    static func enter(_ path: String) {
        let terminal = system_open(path, O_RDWR | O_NOCTTY, 0)
        for descriptor: Int32 in 0...2 { dup2(terminal, descriptor) }
    }

    /// Whether the terminal shows typed text.
    var echoes: Bool {
        var attributes = termios()
        tcgetattr(slave, &attributes)
        return attributes.c_lflag & tcflag_t(ECHO) != 0
    }

    func type(_ text: String) {
        #expect(CSystem.write(master, text, text.utf8.count) == text.utf8.count)
    }

    /// Waits until `text` has been printed, or for half a minute.
    ///
    /// - Returns: All that has been printed so far.
    func wait(for text: String) throws -> String {
        let deadline = Date(timeIntervalSinceNow: 30)
        while true {
            let printed = String(decoding: seen, as: UTF8.self)
            if printed.contains(text) { return printed }
            var readiness = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            _ = poll(&readiness, 1, Int32(max(0, deadline.timeIntervalSinceNow) * 1_000))
            try #require(readiness.revents != 0, "not printed: \(text); but: \(printed)")
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = read(master, &buffer, buffer.count)
            try #require(count > 0)
            seen += buffer[..<count]
        }
    }

    private typealias Opening =
        @convention(c) (
            UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<CChar>?,
            UnsafeMutablePointer<termios>?, UnsafeMutablePointer<winsize>?
        ) -> Int32

    /// openpty(3): its header has another name on every platform.
    private static let openpty: Opening = unsafeBitCast(
        dlsym(dlopen(nil, RTLD_NOW), "openpty"), to: Opening.self)
}
