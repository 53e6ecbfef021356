import CTestSupport
import Foundation

/// A process just started: its id and this side's ends of its three standard streams.
struct SpawnedProcess {
    let identifier: pid_t
    let input: Int32
    let output: Int32
    let error: Int32
}

/// Starts `command` with pipes for its standard streams, an empty signal mask and default actions.
///
/// Tests inherit from the runner a mask that blocks SIGTERM, and with it the programs would never
/// get SIGTERM; `Foundation.Process` cannot clear it.
///
/// - Parameters:
///   - command: The path of the program, or its name to be found on `PATH`, then its arguments.
///   - environment: Added to this process's environment.
/// - Throws: `RawSocketError` with the errno of `pipe` or `posix_spawnp`.
///
/// System call: `posix_spawn(3)`.
func spawn(
    _ command: [String], environment: [String: String]
) throws(RawSocketError) -> SpawnedProcess {
    let input = try Descriptors.makePipe()
    let output = try Descriptors.makePipe()
    let error = try Descriptors.makePipe()
    defer { for end in [input.reading, output.writing, error.writing] { _ = close(end) } }
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }

    #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
    #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.reading, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, error.writing, STDERR_FILENO)

    // Suites of other modules open descriptors meanwhile, and not all of them close on exec.
    close_others_on_spawn(&actions)

    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigemptyset(&all)
    for number in 1..<Int32(32) where number != SIGKILL && number != SIGSTOP {
        sigaddset(&all, number)
    }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] =
        variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + settings { free(text) } }

    var identifier = pid_t()
    let failure = Descriptors.exclusively {
        posix_spawnp(&identifier, command[0], &actions, &attributes, &arguments, &settings)
    }
    guard failure == 0 else {
        for end in [input.writing, output.reading, error.reading] { _ = close(end) }
        throw RawSocketError("posix_spawn \(command[0])", failure)
    }
    return SpawnedProcess(
        identifier: identifier, input: input.writing, output: output.reading, error: error.reading)
}
