import CPasswords

/// The forms of stored hashes, so that a damaged hash is found when it is read.
enum PasswordHashForm {
    /// Tells whether `stored` has one of these forms: a method's name and its parts between `$`.
    static func isKnown(_ stored: String) -> Bool {
        guard stored.utf8.count < Int(PASSWORD_HASH_SIZE) else { return false }
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].isEmpty else { return false }
        return switch parts[1] {
        case "y": isYescrypt(parts[2...])
        case "6": isSHA512(parts[2...])
        case "pbkdf2-sha512": isPBKDF2(parts[2...])
        default: false
        }
    }

    /// `j8T`, the salt, and 43 characters of hash.
    private static func isYescrypt(_ parts: ArraySlice<Substring>) -> Bool {
        guard parts.count == 3, let cost = parts.first, let hash = parts.last else { return false }
        return !cost.isEmpty && hash.utf8.count == 43 && parts.allSatisfy { isBase64($0) }
    }

    /// `rounds=40000` if the number is not the usual 5,000, up to 16 characters of salt, 86 of
    /// hash.
    private static func isSHA512(_ parts: ArraySlice<Substring>) -> Bool {
        var parts = parts
        if let rounds = parts.first, rounds.hasPrefix("rounds=") {
            guard Int(rounds.dropFirst("rounds=".count)) != nil else { return false }
            parts = parts.dropFirst()
        }
        guard parts.count == 2, let salt = parts.first, let hash = parts.last else { return false }
        return salt.utf8.count <= 16 && hash.utf8.count == 86 && parts.allSatisfy { isBase64($0) }
    }

    /// The rounds, 32 hexadecimal digits of salt, 64 of hash.
    private static func isPBKDF2(_ parts: ArraySlice<Substring>) -> Bool {
        let parts = Array(parts)
        guard parts.count == 3, UInt32(parts[0]) != nil else { return false }
        return parts[1].utf8.count == 32 && parts[2].utf8.count == 64
            && parts[1...].allSatisfy { $0.utf8.allSatisfy(isHexadecimal) }
    }

    /// Tells whether the text has only digits of crypt(3): `./0-9A-Za-z`.
    private static func isBase64(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            // Between the dot and the digits stands only the slash.
            case UInt8(ascii: ".")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: false
            }
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
