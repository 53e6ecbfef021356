import Protocol
import Testing

@Suite struct ChatroomMessageTests {
    @Test func composes() {
        #expect(
            ChatroomMessage.joined(name: "Batman", time: "10.01", count: 1).description
                == "Server: time=10.01 Batman has joined. Member count=1")
        #expect(
            ChatroomMessage.left(name: "Batman", time: "13.01", count: 0).description
                == "Server: time=13.01 Batman has left. Member count=0")
        #expect(
            ChatroomMessage.text(name: "Voldemort", text: "Crucio!").description
                == "Voldemort: Crucio!")
        #expect(
            ChatroomMessage.text(name: "a", text: "\u{1B}[2J\u{202E}\t: b").description
                == "a: \\u{1B}[2J\\u{202E}\t: b")
    }

    @Test func theLongestLineKeepsTheLimit() {
        let line = ChatroomMessage.text(
            name: String(repeating: "😀", count: 32), text: String(repeating: "\u{1B}", count: 4_096)
        )
        #expect(line.description.utf8.count == 24_706)
        #expect(ChatroomMessage.limit == 24_706)
    }

    @Test func nobodySpeaksForTheServer() {
        for name in ["Batman", "Server 2", "Servers", "[x]", "@", "日本"] {
            #expect(NameRule.chatroom.problem(with: TextLine(name)) == nil, "\(name)")
        }
        for name in ["Server", "server", "SERVER", "sErVeR"] {
            #expect(
                NameRule.chatroom.problem(with: TextLine(name))
                    == "'\(name)' is not free to be a name; choose another")
        }
        for name in [":", "Server:", "a: b"] {
            #expect(NameRule.chatroom.problem(with: TextLine(name)) == "a name holds no colon")
        }
    }
}
