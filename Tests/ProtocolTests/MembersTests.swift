import Protocol
import Testing

/// The list of members and their names.
@Suite struct MembersTests {
    @Test func everyoneIsKeptInTheOrderOfArrival() {
        var members = Members<String>(names: .chat)
        #expect(members.join("a", id: 7, as: TextLine("anna")) == nil)
        #expect(members.join("b", id: 3, as: TextLine("bob")) == nil)
        #expect(members.join("c", id: 5, as: TextLine("Anna")) == nil)
        #expect(members.all.map(\.name) == ["anna", "bob", "Anna"])
        #expect(members[3]?.value == "b")
        #expect(members[4] == nil)
        #expect(members.leave(3)?.name == "bob")
        #expect(members.leave(3) == nil)
        #expect(members.all.map(\.id) == [7, 5])
    }

    @Test func aNameIsTakenUntilItsOwnerLeaves() {
        var members = Members<Int>(names: .chat)
        #expect(members.join(0, id: 1, as: TextLine("anna")) == nil)
        #expect(
            members.join(0, id: 2, as: TextLine("anna"))
                == "the name 'anna' is taken; choose another")
        #expect(members.all.count == 1 && members[2] == nil)
        _ = members.leave(1)
        #expect(members.join(0, id: 2, as: TextLine("anna")) == nil)
    }

    @Test(arguments: [
        ("", "the name is empty"), ("a[", "a name holds no brackets"),
        ("]", "a name holds no brackets"), ("a\u{7}", "a name holds only printable characters"),
        ("a\u{2067}", "a name holds only printable characters"),
        ("\u{A0}", "a name holds only printable characters"),
        ("123456789012345678901234567890123", "a name has at most 32 characters"),
    ])
    func aBadNameStaysOutside(name: String, problem: String) {
        var members = Members<Int>(names: .chat)
        #expect(members.join(0, id: 1, as: TextLine(name)) == problem)
        #expect(members.all.isEmpty)
    }

    @Test func wrongUTF8IsNoName() {
        var members = Members<Int>(names: .chat)
        let name = TextLine("a\u{FFFD}", isValidUTF8: false)
        #expect(members.join(0, id: 1, as: name) == "the name is not UTF-8")
        #expect(members.join(0, id: 1, as: TextLine("12345678901234567890123456789012")) == nil)
    }

    @Test func aReservedWordIsNoName() {
        let exact = NameRule(without: ":", called: "colons", reserved: ["draw", "abandoned"])
        let refusal = "'draw' is not free to be a name; choose another"
        #expect(exact.problem(with: TextLine("draw")) == refusal)
        #expect(exact.problem(with: TextLine("abandoned")) != nil)
        for name in ["Draw", "drawn", "DRAW"] {
            #expect(exact.problem(with: TextLine(name)) == nil)
        }
        let anyCase = NameRule(
            without: ":", called: "colons", reserved: ["Server"], inAnyCase: true)
        for name in ["Server", "server", "sErVeR"] {
            #expect(anyCase.problem(with: TextLine(name)) != nil)
        }
        #expect(anyCase.problem(with: TextLine("Servers")) == nil)
        #expect(NameRule.chat.problem(with: TextLine("draw")) == nil)
    }
}
