# CS 212, question 8: a chat room. Arguments: <address> <port>
import time

from robust import ALIKE, SERVER, TEXT, Server, broken, line, serve, text, without

FAULTS = without(SERVER + TEXT, "wrong-peer", "usage-zero", *ALIKE) + (
    "count-behind",  # tells the count before the change
    "count-kept",  # does not count down when a member leaves
    "count-of-sockets",  # counts who has not logged in, too
    "no-count",
    "no-time",
    "colon-time",  # 10:01 for 10.01
    "12-hours",
    "join-untold",
    "join-to-others",  # the newcomer is not told
    "join-to-newcomer",  # the others are not told
    "leave-untold",
    "quit-untold",  # tells only of those who leave without a quit
    "end-untold",  # tells only of those who quit
    "reset-untold",
    "quit-broadcast",  # passes it on, and closes
    "quit-is-a-line",  # passes it on, and goes on
    "quit-stays",  # tells, and keeps the connection
    "echoes",  # the sender gets its line back
    "name-missing",
    "no-blank",  # Batman:hello
    "name-in-brackets",
    "name-of-last",  # all lines carry the name of the last that has joined
    "last-only",  # only the last other member gets a line
    "before-login",  # who has not logged in gets the lines, too
    "name-taken-twice",
    "name-taken-kills",
    "name-taken-ends",  # a taken name ends the connection of its owner
    "names-stay",  # a name is taken after its owner has left
    "dead-stay",  # the first line after a member has left ends the server
    "first-line-lost",
    "one-late",  # passes a line on when the next one comes
    "cut-at-16",
    "upper-case",
    "two-members",  # has no room for a third
)


class Chatroom(Server):
    take = staticmethod(line)
    pauses = True

    def __init__(self):
        super().__init__()
        self.members = {}  # from names to peers
        self.gone = []
        self.late = None
        self.reset = False

    def joined(self, peer):
        peer.name = None
        peer.count = 0
        peer.quitting = False

    def received(self, peer, message):
        words = text(message)
        if words == "quit" and not broken("quit-is-a-line"):
            self.quit(peer)
        elif peer.name is None:
            self.login(peer, words.strip())
        elif words:
            self.say(peer, words)

    def quit(self, peer):
        peer.quitting = True
        if broken("quit-broadcast") and peer.name is not None:
            self.say(peer, "quit")
        if not broken("quit-stays"):
            self.end(peer)
        self.leave(peer)

    def login(self, peer, name):
        taken = name in self.members or broken("names-stay") and name in self.gone
        if taken and broken("name-taken-kills"):
            raise KeyError(name)
        if taken and broken("name-taken-ends"):
            self.end(self.members[name])
        if taken and not broken("name-taken-twice"):
            return self.reply(peer, b"error: name taken\n")
        if not name or ":" in name or name.lower() == "server":
            return self.reply(peer, b"error: choose another name\n")
        if broken("two-members") and len(self.members) == 2:
            return self.end(peer)
        peer.name = name
        self.members[name] = peer
        if not broken("join-untold"):
            self.tell("joined", name, self.hearers_of_join(peer))
        return None

    def hearers_of_join(self, newcomer):
        if broken("join-to-newcomer"):
            return [newcomer]
        if broken("join-to-others"):
            return self.others(newcomer)
        return list(self.members.values())

    def others(self, peer):
        members = self.peers if broken("before-login") else self.members.values()
        return [member for member in members if member is not peer]

    def tell(self, event, name, hearers):
        count = len(self.peers if broken("count-of-sockets") else self.members)
        if broken("count-behind"):
            count += 1 if event == "left" else -1
        if broken("count-kept"):
            count += len(self.gone)
        words = "Server: time=%s %s has %s. Member count=%d" % (clock(), name, event, count)
        if broken("no-time"):
            words = words.replace("time=%s " % clock(), "")
        if broken("no-count"):
            words = words.partition(" Member")[0]
        self.broadcast(words, hearers)

    def say(self, peer, words):
        peer.count += 1
        if self.gone and broken("dead-stay"):
            raise OSError("bad file descriptor")
        if broken("first-line-lost") and peer.count == 1:
            return
        name = list(self.members)[-1] if broken("name-of-last") else peer.name
        form = "%s:%s" if broken("no-blank") else "%s: %s"
        if broken("name-in-brackets"):
            form = "[%s] %s"
        words = words if broken("name-missing") else form % (name, words)
        if broken("upper-case"):
            words = words.upper()
        if broken("cut-at-16"):
            words = words[:16]
        if broken("one-late"):
            words, self.late = self.late, words
        hearers = self.others(peer)
        if broken("last-only"):
            hearers = hearers[-1:]
        self.broadcast(words, hearers + ([peer] if broken("echoes") else []))

    def broadcast(self, words, hearers):
        for hearer in hearers if words else []:
            self.pass_on(hearer, words.encode() + b"\n")

    def left(self, peer):
        if not (broken("quit-stays") and peer.quitting):
            self.leave(peer)

    def leave(self, peer):
        if self.members.get(peer.name) is not peer:
            return
        del self.members[peer.name]
        self.gone.append(peer.name)
        untold = (broken("leave-untold") or broken("quit-untold") and peer.quitting
                  or broken("end-untold") and not peer.quitting and peer.ended
                  or broken("reset-untold") and not peer.quitting and not peer.ended)
        if not untold:
            self.tell("left", peer.name, self.others(peer))


def clock():
    form = "%H:%M" if broken("colon-time") else "%I.%M%p" if broken("12-hours") else "%H.%M"
    return time.strftime(form)


serve(Chatroom, FAULTS)
