import CSystem
import Synchronization

/// A pipe; both ends are closed on exec.
///
/// System call: `pipe(2)`.
struct Pipe {
    let reading: Int32
    let writing: Int32

    init(for name: String) throws(ProcessError) {
        var ends: [Int32] = [-1, -1]
        guard system_pipe(&ends) == 0 else {
            throw ProcessError(.prepare, name, code: system_errno())
        }
        (reading, writing) = (ends[0], ends[1])
    }
}

/// The processes that this module has started from this one and not reaped.
enum Children {
    /// Each is a keeper or not.
    private static let identifiers = Mutex<[pid_t: Bool]>([:])

    /// Starts one; until it is noted, nobody looks at the children.
    static func add(isKeeper: Bool, _ spawn: () -> pid_t?) {
        identifiers.withLock { known in
            if let identifier = spawn() { known[identifier] = isKeeper }
        }
    }

    /// Drops one; call it before it is reaped, for then another process may get its number.
    static func remove(_ identifier: pid_t) {
        identifiers.withLock { $0[identifier] = nil }
    }

    /// Kills all but the keepers: these notice that this process has gone.
    static func kill() {
        identifiers.withLock { known in
            for (child, isKeeper) in known where !isKeeper { _ = CSystem.kill(child, SIGKILL) }
        }
    }

    /// Looks at them while none is added or dropped.
    static func look<Result: Sendable>(_ body: (Set<pid_t>) -> Result) -> Result {
        identifiers.withLock { body(Set($0.keys)) }
    }
}

/// What a process is made of: the command and its surroundings.
struct Launch {
    let program: String
    let arguments: [String]
    let environment: [String: String]
    let folder: String?
    let group: system_group

    /// Starts it. `descriptors[i]` becomes its descriptor `i`; it gets no other.
    ///
    /// - Returns: The process, or the error number.
    ///
    /// System call: `posix_spawn(3)`.
    func start(_ descriptors: [Int32]) -> (identifier: pid_t, code: Int32) {
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        // Sorted, so that a program that prints them prints the same each time.
        var settings: [UnsafeMutablePointer<CChar>?] =
            environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var identifier = pid_t()
        var code: Int32 = 0
        Children.add(isKeeper: group == SYSTEM_OWN_SESSION) {
            if let folder {
                code = folder.withCString { folder in
                    system_spawn(
                        &identifier, program, &words, &settings, folder, descriptors,
                        Int32(descriptors.count), group)
                }
            } else {
                code = system_spawn(
                    &identifier, program, &words, &settings, nil, descriptors,
                    Int32(descriptors.count), group)
            }
            return code == 0 ? identifier : nil
        }
        return (identifier, code)
    }
}

/// Runs `body` as a thread of its own, which nobody waits for.
///
/// - Returns: 0, or the error number; then `body` is not called.
///
/// C function: `pthread_create(3)`.
func startThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body))
    let code = system_start_thread(
        { box in
            if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
            return nil
        }, box.toOpaque(), 1 << 19)
    if code != 0 { box.release() }
    return code
}
