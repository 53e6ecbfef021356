import Testing

@testable import quiz_server

/// Programming 2, Task 5.1, the third bonus task: names with passwords.
struct QuizPasswordTests {
    @Test func aNameIsRegisteredThenProvedThenPlayed() throws {
        var table = QuizTable()
        #expect(table.say("register anna geheim") == ["registered anna"])
        // Registering alone is no login.
        #expect(table.quiz.name(of: 1) == nil)
        let loginFirst = ["error: anna is registered; send login anna <password> first"]
        #expect(table.say("play anna 2") == loginFirst)
        #expect(table.say("login anna geheim") == ["welcome anna"])
        #expect(table.quiz.name(of: 1) == "anna")
        #expect(table.say("play 2")[0].hasPrefix("question 1/2 "))
        #expect(table.say("play anna 2")[0].hasPrefix("question 1/2 "))
        table.quiz.leave(1)
        #expect(table.say("play anna 2", from: 2) == loginFirst)
        #expect(table.say("play 2", from: 2)[0].hasPrefix("error: "))
    }

    @Test func onlyAHashIsKept() throws {
        var table = QuizTable()
        _ = table.say("register anna geheim")
        _ = table.say("register ben geheim")
        #expect(table.journal.count == 2)
        let hashes = table.journal.map { $0.split(separator: " ").last ?? "" }
        #expect(hashes[0].hasPrefix("$") && hashes[0] != hashes[1])
        #expect(!table.journal.joined().contains("geheim"))
        var later = try table.restarted()
        #expect(later.say("login anna geheim") == ["welcome anna"])
        #expect(later.say("login ben Geheim", from: 2) == ["error: wrong password"])
        #expect(later.say("register ben x", from: 2)[0].hasPrefix("error: ben is registered"))
        // Wrong passwords are not on disk: after a restart their count begins anew.
        for _ in 0..<4 { _ = later.say("login ben x", from: 2) }
        #expect(later.say("login ben geheim", from: 3)[0].hasSuffix("ben rests for a minute"))
        later = try later.restarted()
        #expect(later.say("login ben geheim", from: 3) == ["welcome ben"])
    }

    @Test func aTakenNameCannotBeRegistered() {
        var table = QuizTable()
        _ = table.say("register anna geheim")
        #expect(
            table.say("register anna geheim")
                == ["error: anna is registered already; send login anna <password>"])
        // ben has played: only the connection that first used the name may register it.
        _ = table.play("ben", points: 0, of: 1, from: 2)
        let refusal = ["error: ben has played already; choose another name"]
        #expect(table.say("register ben x", from: 1) == refusal)
        #expect(table.say("register ben x", from: 2) == ["registered ben"])
        #expect(table.say("play 1", from: 2)[0].hasPrefix("question 1/1 "))
        table.quiz.leave(2)
        #expect(table.say("play ben 1", from: 3)[0].hasPrefix("error: ben is registered"))
        // carl's connection has gone, and anyone may play as carl now.
        _ = table.play("carl", points: 0, of: 1, from: 4)
        table.quiz.leave(4)
        _ = table.play("carl", points: 0, of: 1, from: 5)
        #expect(
            table.say("register carl x", from: 5)
                == ["error: carl has played already; choose another name"])
    }

    @Test func aGameIsNotRegisteredAwayByARestart() throws {
        var table = QuizTable()
        _ = table.say("play ben 2")
        var later = try table.restarted()
        #expect(later.say("play ben 2")[0].hasPrefix("question 1/2 "))
        _ = later.answer(later.say("play 2"), rightly: true)
        _ = later.answer(later.say("play 2"), rightly: true)
        #expect(later.say("register ben x")[0].hasPrefix("error: ben has played already"))
    }

    @Test func twoLoginsUnderOneNameAreNotPossible() {
        var table = QuizTable()
        _ = table.say("register anna geheim")
        _ = table.say("login anna geheim")
        #expect(
            table.say("login anna geheim", from: 2)
                == ["error: anna is playing on another connection"])
        #expect(table.say("login anna x", from: 2) == ["error: wrong password"])
        #expect(table.say("login anna geheim", from: 1) == ["welcome anna"])
        table.quiz.leave(1)
        #expect(table.say("login anna geheim", from: 2) == ["welcome anna"])
        _ = table.say("register ben x", from: 2)
        #expect(
            table.say("login ben x", from: 2)
                == ["error: this connection plays as anna; open another one for another name"])
    }

    @Test func anUnknownNameIsToldSo() {
        var table = QuizTable()
        #expect(table.say("login anna x") == ["error: this name is not registered"])
        _ = table.play("ben", points: 0, of: 1, from: 2)
        #expect(table.say("login ben x") == ["error: this name is not registered"])
        #expect(table.say("login a.b x") == ["error: a name is 1 to 32 letters, digits, - or _"])
        #expect(table.say("register x a\u{0}") == ["error: the password holds a zero byte"])
        #expect(table.journal.count == 2)
    }

    @Test func afterFiveWrongPasswordsANameRestsForAMinute() {
        var table = QuizTable()
        _ = table.say("register anna geheim")
        _ = table.say("register ben geheim")
        let resting = ["error: 5 wrong passwords in a row; anna rests for a minute"]
        for _ in 0..<4 { #expect(table.say("login anna x") == ["error: wrong password"]) }
        // A right one in between, and the count begins anew.
        #expect(table.say("login anna geheim") == ["welcome anna"])
        table.quiz.leave(1)
        for connection in 2...6 {
            #expect(table.say("login anna x", from: connection) == ["error: wrong password"])
        }
        // The refusal comes for right and wrong passwords, over any connection.
        #expect(table.say("login anna geheim") == resting)
        #expect(table.say("login anna x", from: 7) == resting)
        #expect(table.say("login ben geheim", from: 7) == ["welcome ben"])
        table.now += .milliseconds(59_999)
        #expect(table.say("login anna geheim") == resting)
        table.now += .milliseconds(1)
        for _ in 0..<4 { #expect(table.say("login anna x") == ["error: wrong password"]) }
        #expect(table.say("login anna geheim") == ["welcome anna"])
    }

    @Test func aConnectionHasTwentyPasswordsLookedAtInAMinute() {
        var table = QuizTable()
        _ = table.say("register anna geheim", from: 2)
        for _ in 0..<20 { #expect(table.say("login anna geheim") == ["welcome anna"]) }
        let refusal = ["error: too many passwords over this connection; wait a minute"]
        #expect(table.say("login anna geheim") == refusal)
        #expect(table.say("register ben x") == refusal)
        // A refusal without a check costs nothing.
        #expect(table.say("register anna x")[0].hasPrefix("error: anna is registered already"))
        #expect(table.say("register ben x", from: 2) == ["registered ben"])
        table.now += .seconds(60)
        #expect(table.say("register carl x") == ["registered carl"])
    }

    @Test func whatOneNetworkUsesUpIsNeitherAnothersNorTheConnections() {
        var table = QuizTable()
        for connection in 1...3 { table.quiz.enter(connection, from: "192.0.2.7") }
        table.quiz.enter(4, from: "192.0.2.8")
        for number in 1...25 {
            #expect(
                table.say("register p\(number) x", from: number > 20 ? 2 : 1)
                    == ["registered p\(number)"])
        }
        let refusal = ["error: too many passwords at once; try again in 1 s"]
        for _ in 0..<30 { #expect(table.say("login p1 x", from: 3) == refusal) }
        #expect(table.say("register anna x", from: 3) == refusal)
        // That attempt was neither right nor wrong.
        #expect(table.say("play anna 1", from: 2)[0].hasPrefix("question 1/1 "))
        #expect(table.say("login p1 x", from: 4) == ["welcome p1"])
        table.quiz.leave(4)
        table.now += .seconds(10)
        for _ in 0..<20 { #expect(table.say("login p1 x", from: 3) == ["welcome p1"]) }
        #expect(
            table.say("login p1 x", from: 3)
                == ["error: too many passwords over this connection; wait a minute"])
    }

    @Test func passwordsCountEvenIfTheirResultCannotBeKept() {
        var table = QuizTable()
        for _ in 0..<20 {
            // The disk is full.
            #expect(table.sayInVain("register anna geheim") == ["registered anna"])
        }
        #expect(
            table.say("register anna geheim")
                == ["error: too many passwords over this connection; wait a minute"])
        #expect(table.journal.isEmpty)
        #expect(!table.quiz.registeredNames.contains("anna"))
    }

    @Test func aWrongPasswordCountsEvenIfWhatCameWithItCannotBeKept() {
        var table = QuizTable()
        _ = table.say("register anna geheim", from: 2)
        for _ in 0..<5 {
            #expect(
                table.sayInVain("login anna x", "play ben 1")[0] == "error: wrong password")
        }
        #expect(
            table.say("login anna geheim")
                == ["error: 5 wrong passwords in a row; anna rests for a minute"])
    }

    @Test func theNamesThatATraceMayShowAreTheRegisteredOnes() throws {
        var table = QuizTable()
        _ = table.say("register anna geheim")
        _ = table.say("play ben 1", from: 2)
        let later = try table.restarted()
        for quiz in [table.quiz, later.quiz] {
            #expect(quiz.registeredNames.contains("anna"))
            #expect(!quiz.registeredNames.contains("ben"))
        }
    }

    @Test func noReplyRepeatsAWordThatMayBeAPassword() {
        var table = QuizTable()
        _ = table.say("register anna geheim")
        for text in ["login geheim anna", "login anna geheim zwei", "geheim", "register geheim"] {
            #expect(!table.say(text)[0].contains("geheim"), "\(text)")
        }
        _ = table.say("login anna geheim")
        for text in ["login geheim anna", "play geheim 3", "register anna geheim"] {
            #expect(!table.say(text)[0].contains("geheim"), "\(text)")
        }
    }
}
