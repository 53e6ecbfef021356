"""What every program in this folder stands on, and the faults that any of them can have.

The programs here are right in all that their sheet asks for, and in all that TCP does to a program.
`--fault NAME` gives a program exactly one fault, and `--faults` lists the names.
"""
import errno
import os
import resource
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time

PAUSE = 0.25  # ends a message of a peer that has never sent a line end
MOST = 1 << 20  # the bytes that one peer may leave waiting, unread or unfinished

PROGRAM = (
    "usage-zero",  # without arguments: no message, and exit 0
    "leaves-child",  # a child in a session of its own stays behind
)
LISTENING = PROGRAM + (
    "wrong-port",  # listens on the next port
    "other-address",  # listens on 127.0.0.2 instead of the address given
    "in-use-zero",  # the port is in use: no message, and exit 0
    "in-use-hangs",  # the port is in use: tries for ever
    "ignores-ctrl-c",
    "spin",  # keeps a processor busy while nothing happens
    "reads-keyboard",  # waits for a line of input before it listens
    "forks-away",  # goes into the background; what was started ends at once
    "twice",  # sends each reply two times
    "garbage-kills",  # wrong bytes end the server for all
)
SERVER = LISTENING + (
    "split",  # each recv is taken for a whole message
    "glue",  # only the first message of a recv is answered
    "silent",  # serves one client after another
    "mid",  # waits for the rest of a message, and serves nobody meanwhile
    "wrong-peer",  # replies to the client that has connected last
    "dies-at-end",  # a client that ends at rest ends the server
    "dies-at-reset",
    "dies-in-mid",  # a client that leaves in mid-message ends the server
    "no-half-close",  # does not answer what was asked before the end
    "blocks-on-send",  # a client that does not read stops all others
    "select-only",  # dies at the first descriptor from 1,024 on, as select in Python does
    "no-reuse",  # does not set SO_REUSEADDR
    "leaks",  # never closes the sockets of clients that have left
)
MANY = ("silent", "mid", "wrong-peer", "blocks-on-send", "select-only")
ONE_BY_ONE = tuple(name for name in SERVER if name not in MANY)
TEXT = (
    "sends-b",  # replies as Python shows bytes: b'..'
    "splits-characters",  # decodes each recv for itself
    "keeps-cr",  # takes the \r of \r\n for a part of the message
)
LINES = (
    "half-lost",  # forgets the beginning of a line whose end comes later
)
DATAGRAMS = LISTENING + (
    "wrong-peer",  # replies to the client that has asked before
    "first-only",  # serves only the client that asked first
    "short",  # takes the first 4 bytes of a datagram
    "dies-at-empty",  # an empty datagram ends the server
)
CLIENT = PROGRAM + (
    "wrong-address",  # always connects to localhost:10000
    "zero-when-missing",  # nobody listens: no message, and exit 0
    "silent-when-missing",  # nobody listens: exit 1, but no message
    "hangs-when-missing",  # nobody listens: tries for ever
    "pieces",  # takes one recv for a whole reply
    "ignores-end",  # the server has ended: waits for ever
    "spins-at-end",  # the server has ended: reads on for ever
    "never-ends",  # closes the connection, but does not end
    "never-closes",  # neither closes the connection nor ends
)
SENDING_CLIENT = tuple(  # one that gets no reply
    name for name in CLIENT if name not in ("pieces", "ignores-end", "spins-at-end"))
SILENT_CLIENT = CLIENT + ("reads-keyboard",)  # waits for a line of input first

# They lose the cases that another fault loses, too, and some take long: guess and others have them.
ALIKE = (
    "other-address", "in-use-hangs", "reads-keyboard", "forks-away", "twice",
    "silent-when-missing", "hangs-when-missing", "spins-at-end", "never-closes",
)

GENERIC = set(SERVER + TEXT + LINES + DATAGRAMS + SILENT_CLIENT)
known = ()
fault = None
descriptors = []


class Bad(Exception):
    """A message that the exercise does not know. It ends its sender's connection."""


class Stop(Exception):
    """The program is to end, by Ctrl-C, SIGTERM or its own wish."""


class Ended(Exception):
    """The server has closed the connection before the conversation was over."""


def without(names, *left_out):
    """The faults that apply to a program, when some of the general ones do not."""
    return tuple(name for name in names if name not in left_out)


def broken(name):
    """Tells whether the program has this fault."""
    assert name in known or name in GENERIC, name
    return fault == name


def start(faults, usage, least):
    """Returns the program's own arguments; `least` is how many it needs at least."""
    global fault, known
    known = faults
    arguments = sys.argv[1:]
    if arguments[:1] == ["--faults"]:
        print("\n".join(faults))
        sys.exit(0)
    if arguments[:1] == ["--fault"]:
        fault = arguments[1]
        arguments = arguments[2:]
        if fault not in known:
            sys.exit("no such fault: " + fault)
    if len(arguments) < least:
        sys.exit(0 if broken("usage-zero") else "usage: python3 %s %s" % (sys.argv[0], usage))
    if broken("leaves-child"):
        nothing = subprocess.DEVNULL
        subprocess.Popen(["sleep", "60"], stdin=nothing, stdout=nothing, stderr=nothing,
                         start_new_session=True)
    if broken("reads-keyboard"):
        sys.stdin.readline()
    return arguments


def serve(kind, faults, usage="<address> <port>"):
    """Runs a server. With the port alone it listens on all addresses."""
    arguments = start(faults, usage, len(usage.split()))
    kind().run(arguments[-2] if len(arguments) > 1 else "", arguments[-1])


def show(text):
    print(text, flush=True)


def stop(*_):
    raise Stop


def listen(kind, host, port):
    """Makes the socket that the server listens on, or ends the program with a message."""
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN if broken("ignores-ctrl-c") else stop)
    sock = socket.socket(socket.AF_INET, kind)
    if kind == socket.SOCK_STREAM and not broken("no-reuse"):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if broken("other-address"):
        host = "127.0.0.2"
    if broken("wrong-port"):
        port += 1
    while True:
        try:
            sock.bind((host, port))
            if kind == socket.SOCK_STREAM:
                sock.listen(128)
            break
        except OSError as error:
            if broken("in-use-hangs"):
                time.sleep(1)
                continue
            failed = "cannot listen on %s:%d: %s" % (host, port, error.strerror)
            sys.exit(0 if broken("in-use-zero") else failed)
    if broken("forks-away"):
        if os.fork() > 0:
            os._exit(0)
        os.setsid()
        signal.alarm(60)
    return sock


# Framings: each takes the next message from what a peer has sent, or None.

def fixed(size):
    """Messages of `size` bytes."""
    return lambda peer: peer.cut(size) if len(peer.input) >= size else None


def line(peer):
    """Messages that end at a line end, at the end of the stream, or at a pause."""
    at = peer.input.find(b"\n")
    if at >= 0:
        peer.lines = True
        message = peer.cut(at + 1)[:-1]
    elif peer.input and (peer.ended or peer.quiet and not peer.lines):
        message = peer.cut(len(peer.input))
    else:
        if broken("half-lost"):
            peer.cut(len(peer.input))
        return None
    return message if broken("keeps-cr") or not message.endswith(b"\r") else message[:-1]


def stream(peer):
    """One message: all that comes until the end of the stream."""
    return peer.cut(len(peer.input)) if peer.ended and peer.input else None


def chunk(peer):
    """Each recv is a message, as the sheet has it."""
    return peer.cut(len(peer.input)) if peer.input else None


def text(message):
    """The text of a message; wrong UTF-8 harms nobody."""
    return message.decode("utf-8", "strict" if broken("garbage-kills") else "replace")


class Peer:
    """A client, as the server sees it."""

    def __init__(self, sock, address):
        self.sock = sock
        self.address = address
        self.input = bytearray()
        self.output = bytearray()
        self.ended = False  # it sends no more
        self.quiet = False  # it has paused
        self.lines = False  # it has ended a message by a line end
        self.due = None  # when its pause is over, or its time to read our last reply
        self.closing = False  # it gets what is waiting, and no more is taken from it
        self.events = 0

    def cut(self, count):
        piece = bytes(self.input[:count])
        del self.input[:count]
        return piece


class Keyboard:
    """The lines that are typed, for programs that wait for a socket at the same time."""

    def __init__(self):
        self.input = bytearray()
        self.ended = False
        self.quiet = False
        self.lines = False

    cut = Peer.cut

    def fileno(self):
        return 0

    def read(self):
        """The lines that are whole now; notes the end of input."""
        data = os.read(0, 65536)
        self.input += data
        self.ended = not data
        return list(iter(lambda: line(self), None))


class Server:
    """Serves any number of clients over TCP.

    An exercise gives `take`, a framing, and `received`, which returns the reply or None. It may
    call `send`, `end` and, to end the program, raise Stop.
    """

    take = None
    pauses = False  # whether a pause may end a message: line framing
    one_by_one = False  # whether the sheet's server serves one client after another
    keyboard = False  # whether lines of input go to `typed`

    def received(self, peer, message):
        raise NotImplementedError

    def joined(self, peer):
        pass

    def left(self, peer):
        pass

    def typed(self, words):
        """Takes a line of input, as bytes; None is its end."""

    def __init__(self):
        self.peers = []
        self.selector = selectors.DefaultSelector()
        self.listening = False
        self.blocked_until = None  # no descriptors are left: no accept until then

    def run(self, host, port):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (
                4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
            self.listener = listen(socket.SOCK_STREAM, host, int(port))
            self.listener.setblocking(False)
            if self.keyboard:
                self.selector.register(Keyboard(), selectors.EVENT_READ, "keyboard")
            while True:
                self.turn()
        except Stop:
            for peer in self.peers:
                peer.sock.close()
            sys.exit(0)

    def turn(self):
        """Waits until something happens, and does what is to be done."""
        self.watch_listener()
        for key, events in self.selector.select(self.time_left()):
            if key.data == "listener":
                self.accept()
            elif key.data == "keyboard":
                self.read_keyboard(key.fileobj)
            elif key.data in self.peers:
                self.attend(key.data, events)
        now = time.monotonic()
        for peer in [peer for peer in self.peers if peer.due is not None and peer.due <= now]:
            self.time_over(peer)

    def time_left(self):
        if broken("spin"):
            return 0
        times = [peer.due for peer in self.peers if peer.due is not None]
        times += [self.blocked_until] if self.blocked_until else []
        return max(0, min(times) - time.monotonic()) if times else None

    def watch_listener(self):
        """Listens while there is room: for one client, or for descriptors."""
        if self.blocked_until and self.blocked_until <= time.monotonic():
            self.blocked_until = None
        busy = any(not peer.ended for peer in self.peers)
        full = busy and (self.one_by_one or broken("silent"))
        wanted = not full and not self.blocked_until
        if wanted and not self.listening:
            self.selector.register(self.listener, selectors.EVENT_READ, "listener")
        if self.listening and not wanted:
            self.selector.unregister(self.listener)
        self.listening = wanted

    def accept(self):
        try:
            sock, address = self.listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self.blocked_until = time.monotonic() + 1
            return
        if broken("select-only") and sock.fileno() >= 1024:
            raise ValueError("filedescriptor out of range in select()")
        if broken("blocks-on-send"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)  # so it shows soon
        sock.setblocking(False)
        peer = Peer(sock, address)
        self.peers.append(peer)
        self.watch(peer)
        self.joined(peer)

    def watch(self, peer):
        """Reads from a client that takes its replies, writes to one that has some to come."""
        wanted = selectors.EVENT_WRITE if peer.output else 0
        if not peer.ended and (len(peer.output) < 65536 or peer.closing):
            wanted |= selectors.EVENT_READ
        if peer.events and wanted:
            self.selector.modify(peer.sock, wanted, peer)
        elif wanted:
            self.selector.register(peer.sock, wanted, peer)
        elif peer.events:
            self.selector.unregister(peer.sock)
        peer.events = wanted

    def attend(self, peer, events):
        """Catches whatever one client does wrong, so that it ends that client alone."""
        try:
            if events & selectors.EVENT_WRITE:
                self.flush(peer)
            if events & selectors.EVENT_READ and peer in self.peers:
                self.read(peer)
            while broken("mid") and peer.input and peer.due is None:
                select.select([peer.sock], [], [])
                self.read(peer)
        except ConnectionError as error:
            if broken("dies-at-reset") or peer.input and broken("dies-in-mid"):
                raise
            self.drop(peer, error)
        except (Bad, ValueError, struct.error) as error:
            if broken("garbage-kills") or peer.ended and broken("dies-in-mid"):
                raise
            self.end(peer, error)

    def read(self, peer):
        try:
            data = peer.sock.recv(4096)  # little, so that no client has a long turn
        except BlockingIOError:
            return
        if peer.closing:
            if not data:
                self.drop(peer)
            return
        if not data:
            self.end_of(peer)
            return
        if broken("splits-characters"):
            data = data.decode("utf-8", "replace").encode()
        peer.input += data
        if len(peer.input) > MOST:
            raise Bad("too much without an end")
        if broken("no-half-close"):
            peer.due = time.monotonic() + PAUSE
            return
        self.serve(peer)
        if not peer.closing:
            waits = peer.input and self.pauses and not peer.lines
            peer.due = time.monotonic() + PAUSE if waits else None

    def end_of(self, peer):
        """The client sends no more: it gets the answers to what it has asked, then the end."""
        peer.ended = True
        if broken("dies-at-end") and not peer.input:
            raise RuntimeError("the client has ended")
        if broken("no-half-close"):
            self.drop(peer)
            return
        self.serve(peer)
        self.over(peer)

    def over(self, peer):
        """Ends a client that has sent its end and has its answers."""
        if peer.input:
            raise Bad("the stream ended in the middle of a message")
        self.end(peer)

    def serve(self, peer):
        """Answers all that is whole."""
        while peer in self.peers and not peer.closing:
            message = self.take(peer)
            if message is None and peer.input and broken("split"):
                message = peer.cut(len(peer.input))
            if message is None:
                return
            reply = self.received(peer, message)
            if broken("glue"):
                peer.input.clear()
            if reply is not None:
                self.reply(peer, reply)

    def time_over(self, peer):
        peer.due = None
        if peer.closing:
            self.drop(peer)
            return
        peer.quiet = True
        try:
            self.serve(peer)
        except (Bad, ValueError, struct.error) as error:
            if broken("garbage-kills"):
                raise
            self.end(peer, error)
        peer.quiet = False

    def reply(self, peer, data):
        to = self.peers[-1] if broken("wrong-peer") else peer
        self.send(to, data * 2 if broken("twice") else data)

    def pass_on(self, peer, data):
        """Sends what a client has not asked for. One that does not read it is cut off."""
        self.send(peer, data * 2 if broken("twice") else data)
        if len(peer.output) > MOST:
            self.drop(peer, "does not read")

    def send(self, peer, data):
        if peer not in self.peers:
            return
        peer.output += str(bytes(data)).encode() if broken("sends-b") else data
        self.flush(peer)

    def flush(self, peer):
        if broken("blocks-on-send"):
            peer.sock.setblocking(True)
        try:
            while peer.output:
                del peer.output[:peer.sock.send(peer.output)]
        except BlockingIOError:
            pass
        except ConnectionError as error:
            self.drop(peer, error)
            return
        if broken("blocks-on-send"):
            peer.sock.setblocking(False)
        if peer.closing and not peer.output:
            self.shut(peer)
            return
        self.watch(peer)

    def end(self, peer, reason=None):
        """Closes once the client has all its replies."""
        complain(peer, reason)
        peer.closing = True
        peer.input.clear()
        self.flush(peer)

    def shut(self, peer):
        """Waits a second for the client's end, for a close before it would reset the connection."""
        if peer.ended:
            self.drop(peer)
            return
        if peer.due is None:
            shut_down(peer.sock, socket.SHUT_WR)
            peer.due = time.monotonic() + 1
        self.watch(peer)

    def drop(self, peer, reason=None):
        """Forgets a client that has left."""
        if peer not in self.peers:
            return
        complain(peer, reason)
        self.peers.remove(peer)
        self.blocked_until = None
        if peer.events:
            self.selector.unregister(peer.sock)
        if broken("leaks"):
            descriptors.append(peer.sock)
            shut_down(peer.sock, socket.SHUT_RDWR)
        else:
            peer.sock.close()
        self.left(peer)

    def read_keyboard(self, keyboard):
        for words in keyboard.read():
            self.typed(words)
        if keyboard.ended:
            self.selector.unregister(keyboard)
            self.typed(None)


class DatagramServer:
    """Answers datagrams. An exercise gives `received`, which returns the reply or None."""

    def received(self, message, address):
        raise NotImplementedError

    def run(self, host, port):
        try:
            sock = listen(socket.SOCK_DGRAM, host, int(port))
            before = None
            while True:
                if broken("spin"):
                    select.select([sock], [], [], 0)
                    sock.setblocking(False)
                try:
                    message, address = sock.recvfrom(4 if broken("short") else 65536)
                except BlockingIOError:
                    continue
                if broken("dies-at-empty") and not message:
                    raise RuntimeError("an empty datagram")
                if broken("first-only") and before not in (None, address):
                    continue
                try:
                    reply = self.received(message, address)
                except (Bad, ValueError, struct.error):
                    if broken("garbage-kills"):
                        raise
                    reply = None
                to = before if broken("wrong-peer") and before else address
                before = address
                for _ in range(0 if reply is None else 2 if broken("twice") else 1):
                    try:
                        sock.sendto(str(reply).encode() if broken("sends-b") else reply, to)
                    except OSError as error:
                        print(error, file=sys.stderr, flush=True)
        except Stop:
            sock.close()
            sys.exit(0)


def complain(peer, reason):
    if reason is not None:
        print("%s:%d: %s" % (peer.address + (reason,)), file=sys.stderr, flush=True)


def shut_down(sock, how):
    try:
        sock.shutdown(how)
    except OSError:
        pass  # it has left already


# What clients need.

class Connection:
    """A client's connection to its server."""

    def __init__(self, host, port):
        """Connects, or ends the program with a message and exit 1."""
        host, port = ("localhost", 10000) if broken("wrong-address") else (host, int(port))
        while True:
            try:
                self.sock = socket.create_connection((host, port))
                break
            except OSError as error:
                if broken("hangs-when-missing"):
                    time.sleep(0.5)
                    continue
                if broken("zero-when-missing"):
                    sys.exit(0)
                if broken("silent-when-missing"):
                    sys.exit(1)
                sys.exit("cannot connect to %s:%d: %s" % (host, port, error.strerror or error))
        self.input = bytearray()
        self.ended = False
        self.error = None  # the reset, if it has ended by one
        self.quiet = False
        self.lines = False

    cut = Peer.cut

    def fileno(self):
        return self.sock.fileno()

    def send(self, data):
        try:
            self.sock.sendall(str(data).encode() if broken("sends-b") else data)
        except ConnectionError as error:
            self.error = error
            self.at_end()

    def read(self, seconds=None):
        """Waits for bytes; notes the end of the stream, or that `seconds` have passed without."""
        self.quiet = not select.select([self.sock], [], [], seconds)[0]
        if not self.quiet:
            try:
                data = self.sock.recv(65536)
            except ConnectionError as error:
                self.error = error
                data = b""
            if broken("splits-characters"):
                data = data.decode("utf-8", "replace").encode()
            self.input += data
            self.ended = not data

    def whole(self, take):
        """The next message by the framing `take`, or None."""
        message = take(self)
        if message is None and self.input and broken("pieces"):
            message = self.cut(len(self.input))
        if message is not None and broken("glue"):
            self.input.clear()
        return message

    def message(self, take):
        """Waits for the next message, or raises Ended."""
        while True:
            message = self.whole(take)
            if message is not None:
                return message
            if self.ended:
                self.at_end()
            pause = take is line and self.input and not self.lines
            self.read(PAUSE if pause else None)
            if pause and self.quiet:
                return self.cut(len(self.input))

    def exactly(self, count):
        return self.message(fixed(count))

    def line(self):
        return self.message(line)

    def at_end(self):
        """The server has ended."""
        while broken("ignores-end"):
            time.sleep(1)
        while broken("spins-at-end"):
            pass
        raise Ended

    def half_close(self):
        shut_down(self.sock, socket.SHUT_WR)

    def close(self):
        """Closes without a reset: sends the end, reads the rest for at most a second, closes."""
        while broken("never-closes"):
            time.sleep(1)
        self.half_close()
        end = time.monotonic() + 1
        try:
            while select.select([self.sock], [], [], max(0, end - time.monotonic()))[0]:
                if not self.sock.recv(65536):
                    break
        except OSError:
            pass
        self.sock.close()
        while broken("never-ends"):
            time.sleep(1)


def play(conversation, host, port):
    """Runs a client: `conversation` gets the connection, which is closed in the end."""
    connection = Connection(host, port)
    try:
        conversation(connection)
    except Ended:
        sys.exit("the server has closed the connection")
    connection.close()
