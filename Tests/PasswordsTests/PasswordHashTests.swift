import Testing

@testable import Passwords

private let yescryptHash = "QVkOysfd/NUc8sd5DrZQQsW4/BB5hmPJ/HWM8ym.pq."
private let sha512Hash =
    "ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG."

@Suite struct PasswordHashTests {
    @Test func aPasswordMatchesItsOwnHash() throws {
        for password in ["secret", "", " ", "pässwörd 한 🂡", String(repeating: "x", count: 128)] {
            let hash = try PasswordHash(of: password)
            #expect(hash.matches(password))
            #expect(!hash.matches(password + "x"))
            #expect(!hash.matches(password + "\u{0}"))
            #expect(!hash.matches(String(password.dropLast()) + "?"))
            #expect(PasswordHash(hash.description) == hash)
            #expect(PasswordHash(hash.description)?.matches(password) == true)
        }
    }

    @Test func whatIsStoredIsOnePrintableWord() throws {
        let stored = try PasswordHash(of: "secret").description
        #expect(stored.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        #expect(stored.utf8.count <= 383)
        #expect(!stored.contains("secret"))
        #if canImport(Glibc)
            // The cost that was chosen; the salt of 16 bytes takes 22 digits, the hash 43.
            #expect(stored.hasPrefix("$y$j8T$") || stored.hasPrefix("$6$rounds=40000$"))
            #expect(!stored.hasPrefix("$y$") || stored.utf8.count == 7 + 22 + 1 + 43)
        #endif
    }

    @Test func noTwoHashesShareASalt() throws {
        let hashes = try (0..<8).map { _ in try PasswordHash(of: "secret").description }
        #expect(Set(hashes).count == 8)
        let salts = hashes.map { $0.split(separator: "$").dropLast().last }
        #expect(Set(salts).count == 8)
    }

    @Test func zeroBytesAreRefused() {
        #expect(throws: PasswordError.zeroByte) { try PasswordHash(of: "a\u{0}b") }
        #expect(PasswordError.zeroByte.description == "the password holds a zero byte")
    }

    @Test func theLongestPasswordCountsToItsLastByte() throws {
        // One byte, two and three hashes' worth, and the most that there may be.
        for length in [511, 512, 936, 937, 1_024] {
            let password = String(repeating: "x", count: length)
            let hash = try PasswordHash(of: password)
            #expect(hash.matches(password), "\(length)")
            #expect(!hash.matches(password.dropLast() + "y"), "\(length)")
            #expect(!hash.matches("y" + password.dropFirst()), "\(length)")
            #expect(!hash.matches(String(password.dropLast())), "\(length)")
        }
        let tooLong = String(repeating: "x", count: 1_025)
        #expect(throws: PasswordError.tooLong) { try PasswordHash(of: tooLong) }
        #expect(try !PasswordHash(of: String(tooLong.dropLast())).matches(tooLong))
        #expect(PasswordError.tooLong.description == "the password is longer than 1024 bytes")
        // 128 characters of four bytes.
        let cards = String(repeating: "🂡", count: 128)
        #expect(try PasswordHash(of: cards).matches(cards))
    }

    @Test func theDecoyMatchesNothing() {
        #expect(PasswordHash(PasswordHash.decoy.description) == PasswordHash.decoy)
        for password in ["", "decoy", PasswordHash.decoy.description] {
            #expect(!PasswordHash.decoy.matches(password))
        }
    }

    @Test(arguments: [
        "", "secret", "*", "*0", "*1", "!", "x", "$", "$$", "$y$", "$y$j8T$salt", "$y$j8T$salt$",
        "$y$j8T$salt$\(yescryptHash)x", "$y$j8T$salt$\(yescryptHash.dropLast())",
        "$y$$salt$\(yescryptHash)", "$y$j8T$sa:lt$\(yescryptHash)", "$y$j8T$$salt$\(yescryptHash)",
        "$y$j8T$sälz$\(yescryptHash)", "$y$j8T$salt$\(yescryptHash)\n",
        "y$j8T$salt$\(yescryptHash)",
        " $y$j8T$salt$\(yescryptHash)", "$y$j8T$salt$\(yescryptHash.dropLast())\u{0}",
        "$6$\(sha512Hash)", "$6$salt$\(sha512Hash)x", "$6$salt$\(sha512Hash.dropLast())*",
        "$6$rounds=$salt$\(sha512Hash)", "$6$rounds=x$salt$\(sha512Hash)",
        "$6$01234567890123456$\(sha512Hash)", "$6$rounds=1000$5000$salt$\(sha512Hash)",
        "$1$salt$0123456789012345678901", "$5$salt$\(yescryptHash)", "ab1234567890.",
    ]) func whatIsNoHashIsRefused(stored: String) {
        #expect(PasswordHash(stored) == nil)
    }

    @Test func hugeTextsAreRefused() {
        let salt = String(repeating: "x", count: 1_000)
        #expect(PasswordHash("$y$j8T$\(salt)$\(yescryptHash)") == nil)
    }
}

#if canImport(Glibc)

    // Made with Python: crypt.crypt(password, setting).
    @Suite struct PasswordVectorTests {
        @Test(arguments: [
            ("secret", "$y$j8T$ab.c/XYZ012$\(yescryptHash)"),
            ("", "$y$j75$saltsalt$BT/eINL.qJ28Ek8xmIKTrnDwZkROSVFFX9HKxdqaWAD"),
            ("pässwörd 한", "$y$j75$saltsalt$MpyDZyWKeQOXNS7OLMlUI0kUxYO6bCe8y6xOgmUXcc0"),
            (
                String(repeating: "x", count: 511),
                "$y$j75$saltsalt$fh5crgTrgW7YknR/MovbLePL8xdZIqU7H2jY1sTyQ4C"
            ),
            ("secret", "$6$abcdefgh$\(sha512Hash)"),
            (
                "secret",
                "$6$rounds=1000$0123456789abcdef$mcCDk6dNL5N0ijt8G9cMeU.2SLHUPRvQks/S0b3xWPKwxC/o"
                    + "uwbeCpt1WQloVhjazWF95X44lzjAj904IpNm1/"
            ),
            (
                "pässwörd 한",
                "$6$rounds=1000$$4irpFUb68uRdtbYaDrYmuHDpPSQiSVuivg21FcBK2dbPjPryUoY7DUGa7WluxSUr"
                    + "KCWXDOLiAL3aergwWWs7w0"
            ),
        ]) func hashesOfTheSystemAreKnown(password: String, stored: String) throws {
            let hash = try #require(PasswordHash(stored))
            #expect(hash.description == stored)
            #expect(hash.matches(password))
            #expect(!hash.matches(password + "x"))
            #expect(!hash.matches("Secret"))
        }

        // Likewise, the hash before, from its last dollar on, standing before each further part.
        @Test(arguments: [
            (
                String(repeating: "x", count: 512),
                "$y$j75$saltsalt$AjUoWxJErsWPjx8sr2PjYSlK/eRmtqC9pm.rIOMdu0D"
            ),
            (
                String(repeating: "x", count: 511) + String(repeating: "y", count: 424) + "z",
                "$6$rounds=1000$salt$STu6bPa04yi.kNkdAoEIYX8T2xNBxJHQx/jH7su7dqND//u3FnV5CIZf1S7uf"
                    + ".2MOrlPzcZMXla9xVSSepi/2."
            ),
        ]) func longPasswordsAreHashedInParts(password: String, stored: String) {
            #expect(PasswordHash(stored)?.matches(password) == true)
        }

        @Test func aChangedHashOrSaltMatchesNothing() {
            let changes = ["Q": "R", "ab.c": "ab.d", "j8T": "j7T", "m.pq": "m/pq"]
            for (old, new) in changes {
                let stored = "$y$j8T$ab.c/XYZ012$\(yescryptHash)"
                    .split(separator: old, maxSplits: 1).joined(separator: new)
                #expect(PasswordHash(stored)?.matches("secret") == false, "\(stored)")
            }
            // Forms that are right and yet mean nothing to crypt(3).
            for cost in ["zzz", "."] {
                let stored = "$y$\(cost)$ab.c$\(yescryptHash)"
                #expect(PasswordHash(stored)?.matches("secret") == false, "\(stored)")
            }
        }
    }

#endif
