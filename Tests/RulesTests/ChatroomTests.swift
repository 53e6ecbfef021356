import Protocol
import Testing

@testable import chatroom_server

@Suite struct ChatroomTests {
    @Test func everyoneIsCountedAsTheyComeAndGo() {
        var time = "10.01"
        var room = Chatroom<String>(time: { time })
        #expect(
            room.enter("b", id: 7, as: TextLine("Batman"))
                == .joined(.joined(name: "Batman", time: "10.01", count: 1)))
        time = "11.01"
        #expect(
            room.enter("v", id: 3, as: TextLine("Voldemort"))
                == .joined(.joined(name: "Voldemort", time: "11.01", count: 2)))
        #expect(room.everyone.map(\.name) == ["Batman", "Voldemort"])
        #expect(room[3]?.value == "v")
        time = "13.01"
        #expect(room.leave(7) == .left(name: "Batman", time: "13.01", count: 1))
        #expect(room.leave(7) == nil)
        #expect(room.everyone.map(\.name) == ["Voldemort"])
    }

    @Test func aTakenNameIsFreeAgainOnceItsOwnerHasLeft() {
        var room = Chatroom<Int>(time: { "10.01" })
        _ = room.enter(0, id: 1, as: TextLine("Batman"))
        #expect(room.enter(0, id: 2, as: TextLine("Batman")) == .refused("name taken"))
        #expect(room[2] == nil)
        #expect(
            room.enter(0, id: 2, as: TextLine("batman"))
                == .joined(.joined(name: "batman", time: "10.01", count: 2)))
        _ = room.leave(1)
        #expect(
            room.enter(0, id: 3, as: TextLine("Batman"))
                == .joined(.joined(name: "Batman", time: "10.01", count: 2)))
    }

    @Test(arguments: [
        (TextLine(""), "the name is empty"), (TextLine("a:b"), "a name holds no colon"),
        (TextLine("sErver"), "'sErver' is not free to be a name; choose another"),
        (TextLine("a\u{1B}"), "a name holds only printable characters"),
        (TextLine(String(repeating: "n", count: 33)), "a name has at most 32 characters"),
        (TextLine("a\u{FFFD}", isValidUTF8: false), "the name is not UTF-8"),
    ])
    func aBadNameStaysOutside(name: TextLine, problem: String) {
        var room = Chatroom<Int>(time: { "10.01" })
        #expect(room.enter(0, id: 1, as: name) == .refused(problem))
        #expect(room.everyone.isEmpty)
    }
}
