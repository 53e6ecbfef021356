import Protocol

/// Who is in the room, and what everyone is told when somebody comes or goes.
struct Chatroom<Visitor> {
    /// How it went at the door.
    enum Entry: Equatable {
        /// What everyone is told, the newcomer too.
        case joined(ChatroomMessage)
        /// What is wrong with the name.
        case refused(String)
    }

    private var members = Members<Visitor>(names: .chatroom)
    private let time: () -> String

    /// Opens an empty room.
    ///
    /// - Parameter time: Tells the time of day as it is shown.
    init(time: @escaping () -> String) { self.time = time }

    /// Everyone, first come first.
    var everyone: [Members<Visitor>.Member] { members.all }

    /// The member with this number, if there is one.
    subscript(id: Int) -> Members<Visitor>.Member? { members[id] }

    /// Lets someone in under a name, if it is a good one that nobody else has.
    mutating func enter(_ visitor: Visitor, id: Int, as name: TextLine) -> Entry {
        if everyone.contains(where: { $0.name == name.text }) { return .refused("name taken") }
        if let problem = members.join(visitor, id: id, as: name) { return .refused(problem) }
        return .joined(.joined(name: name.text, time: time(), count: everyone.count))
    }

    /// Lets someone out.
    ///
    /// - Returns: What those who remain are told, or `nil` if nobody had this number.
    mutating func leave(_ id: Int) -> ChatroomMessage? {
        guard let member = members.leave(id) else { return nil }
        return .left(name: member.name, time: time(), count: everyone.count)
    }
}
