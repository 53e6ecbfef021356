import CSystem

/// Opens a folder that only its owner can look into, and makes it if it does not exist.
final class PrivateFolder {
    let descriptor: Int32

    /// Opens the folder, and closes it to all other users.
    ///
    /// It changes the folder's mode only if that surprises nobody: the folder is empty, or holds
    /// only the file `name`.
    ///
    /// - Parameters:
    ///   - path: The folder as the user named it; the folder above it must exist.
    ///   - name: The file that is going to be in it.
    ///
    /// System calls: `mkdir(2)`, `open(2)`, `fchmod(2)`.
    init(_ path: String, for name: String) throws(Reason) {
        guard !path.isEmpty else { throw Reason("the name is empty") }
        guard !path.utf8.contains(0) else { throw Reason("the name holds a zero byte") }
        if mkdir(path, 0o700) != 0 {
            let error = system_errno()
            // `open` below tells any other error.
            guard error == EEXIST || error == EISDIR else { throw Self.reason(error) }
        }
        descriptor = system_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard descriptor >= 0 else {
            let error = system_errno()
            throw error == ENOTDIR ? Reason("not a folder") : Reason(errno: error)
        }
        try restrict(for: name)
    }

    deinit {
        CSystem.close(descriptor)
    }

    /// Waits until the names in the folder, and in the folder above it, are on the disk.
    ///
    /// System call: `fsync(2)`.
    func synchronize() throws(Reason) {
        let (_, error) = retrying { fsync(descriptor) }
        // Some file systems cannot synchronize a folder.
        guard error == 0 || error == EINVAL else { throw Reason(errno: error) }
        let above = system_openat(descriptor, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard above >= 0 else { return }
        // Not an error: the folder above may belong to another user and refuse.
        _ = fsync(above)
        CSystem.close(above)
    }

    /// Closes the folder to all but its owner, or throws the reason against it.
    private func restrict(for name: String) throws(Reason) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .ofLastCall }
        guard status.st_uid == geteuid() else {
            throw Reason("belongs to another user; give a folder of your own")
        }
        guard mode_t(status.st_mode) & 0o077 != 0 else { return }
        guard try names().allSatisfy({ $0 == name }) else {
            throw Reason(
                "others may look into it; give a new folder, or close this one with chmod 700")
        }
        guard fchmod(descriptor, 0o700) == 0 else { throw .ofLastCall }
    }

    private func names() throws(Reason) -> [String] {
        // It needs a descriptor of its own, because reading moves the place in it.
        let own = system_openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { throw .ofLastCall }
        guard let folder = fdopendir(own) else {
            let reason = Reason.ofLastCall
            CSystem.close(own)
            throw reason
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let name = system_next_name(folder) { names.append(String(cString: name)) }
        return names
    }

    private static func reason(_ error: Int32) -> Reason {
        switch error {
        case ENOENT, ENOTDIR: Reason("no such folder; the one above it must exist")
        case EACCES, EPERM, EROFS: Reason("no folder can be made there")
        default: Reason(errno: error)
        }
    }
}
