import CPasswords

/// Keeps a password as a salted hash, and checks a password against it.
///
/// The hash is the system's own: yescrypt, or SHA-512 in 40,000 rounds where `crypt(3)` knows no
/// yescrypt, or PBKDF2 on macOS. Making a hash and checking a password are slow on purpose, roughly
/// 10 ms each, and a server of one thread serves nobody meanwhile: limit how many a client may ask
/// for.
public struct PasswordHash: Sendable, Equatable, CustomStringConvertible {
    /// The longest password, in bytes: enough for 128 characters with accents of their own.
    public static let longestPassword = Int(PASSWORD_LONGEST)

    /// The text to store: the method, its cost, the salt and the hash, in printable ASCII without
    /// blanks, at most 383 bytes. It cannot be turned back into the password.
    public let description: String

    /// Hashes a password under a new random salt.
    ///
    /// - Parameter password: Up to 1,024 bytes of UTF-8 without a zero byte. Two ways of writing
    ///   one accented letter are two passwords.
    /// - Throws: `PasswordError`.
    ///
    /// C functions: `crypt_gensalt_rn(3)`, `crypt_r(3)`.
    public init(of password: String) throws(PasswordError) {
        guard !password.utf8.contains(0) else { throw .zeroByte }
        guard password.utf8.count <= Self.longestPassword else { throw .tooLong }
        var hash = [CChar](repeating: 0, count: Int(PASSWORD_HASH_SIZE))
        guard password_hash(password, password.utf8.count, &hash) == 0 else { throw .unavailable }
        description = hash.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    /// Takes a stored hash. Another program on the same system may have made it.
    ///
    /// - Parameter stored: A hash that `description` returned.
    /// - Returns: Nil if it is no hash of a method known here.
    public init?(_ stored: String) {
        guard PasswordHashForm.isKnown(stored) else { return nil }
        self.init(checked: stored)
    }

    private init(checked stored: String) {
        description = stored
    }

    /// Tells whether `password` is the one that was hashed.
    ///
    /// The time that it takes tells nothing about how much of the password is right.
    ///
    /// C function: `crypt_r(3)`.
    public func matches(_ password: String) -> Bool {
        // These cannot be anybody's password, so a quick answer tells nothing.
        guard !password.utf8.contains(0), password.utf8.count <= Self.longestPassword else {
            return false
        }
        return password_matches(password, password.utf8.count, description)
    }
}

/// Tells why a password cannot be kept.
public enum PasswordError: Error, CustomStringConvertible, Equatable, Sendable {
    case zeroByte, tooLong, unavailable

    /// One line without the password.
    public var description: String {
        switch self {
        case .zeroByte: "the password holds a zero byte"
        case .tooLong: "the password is longer than \(PasswordHash.longestPassword) bytes"
        case .unavailable: "the system cannot hash a password now"
        }
    }
}
