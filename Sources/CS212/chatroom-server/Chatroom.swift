import Protocol

/// The members of the room, and the messages to all when a member comes or goes.
struct Chatroom<Visitor> {
    /// The result of a login.
    enum Entry: Equatable {
        /// The message to everyone, the newcomer too.
        case joined(ChatroomMessage)
        /// The error in the name.
        case refused(String)
    }

    private var members = Members<Visitor>(names: .chatroom)
    private let time: () -> String

    /// Opens an empty room.
    ///
    /// - Parameter time: Tells the time of day as it is shown.
    init(time: @escaping () -> String) { self.time = time }

    /// All members, in the order in which they came.
    var everyone: [Members<Visitor>.Member] { members.all }

    /// The member with this number, if there is one.
    subscript(id: Int) -> Members<Visitor>.Member? { members[id] }

    /// Takes a visitor in as a member, if the name is good and nobody else has it.
    mutating func enter(_ visitor: Visitor, id: Int, as name: TextLine) -> Entry {
        if everyone.contains(where: { $0.name == name.text }) { return .refused("name taken") }
        if let problem = members.join(visitor, id: id, as: name) { return .refused(problem) }
        return .joined(.joined(name: name.text, time: time(), count: everyone.count))
    }

    /// Removes a member.
    ///
    /// - Returns: The message to the members that remain, or `nil` if there is no member with this
    ///   number.
    mutating func leave(_ id: Int) -> ChatroomMessage? {
        guard let member = members.leave(id) else { return nil }
        return .left(name: member.name, time: time(), count: everyone.count)
    }
}
