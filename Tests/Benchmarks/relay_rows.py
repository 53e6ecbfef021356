"""What it costs to talk through the relay: a question, and a GiB, beside no relay and socat."""
import json
import shutil
import socket
import subprocess

from file_rows import free_port, wait_until_listening
from flood_rows import ask
from measurements import Row, Target, in_turn
from processes import PATIENCE, Failure, Server, end, start

DIRECT, OURS, SOCAT = "no relay", "relay", "socat"


class Through:
    """A way to a port: straight, through our relay, or through socat."""

    def __init__(self, setting, name, exercise, target):
        self.name, self.target, self.child, self.server = name, str(target), None, None
        self.relay = setting.ours("relay", exercise, "0", "127.0.0.1:%s" % target)

    def __enter__(self):
        if self.name == DIRECT:
            self.port = self.target
        elif self.name == OURS:
            self.server = Server(self.relay)
            self.server.__enter__()
            self.port = self.server.port
        else:
            self.port = free_port()
            self.child = start(
                ["socat", "-b65536", "TCP-LISTEN:%s,bind=127.0.0.1,fork,nodelay" % self.port,
                 "TCP:127.0.0.1:%s,nodelay" % self.target])
            wait_until_listening(self.port)
        return self

    def __exit__(self, *error):
        if self.server:
            self.server.__exit__(*error)
        if self.child:
            end(self.child)


def ways(row):
    """The contenders that this machine has."""
    if shutil.which("socat"):
        return [DIRECT, OURS, SOCAT]
    row.remarks.append("socat is missing here.")
    return [DIRECT, OURS]


class Question:
    """The round trip of a guess question."""
    name = "relay"

    def __init__(self, setting):
        self.setting = setting
        self.row = Row(
            self.name, "A guess question through the relay", None,
            [("median", "median round trip, ms", "%.3f"), ("worst", "worst, ms", "%.1f")],
            [Target(OURS, SOCAT, "median", 2, "at most 2 × socat's time")],
            [("median", "no relay / its time")])

    def measure(self):
        """Runs all rounds against one server."""
        with Server(self.setting.ours("guess-server", "127.0.0.1", "0")) as server:
            for _, name in in_turn(ways(self.row), self.setting.rounds):
                with Through(self.setting, name, "guess", server.port) as way:
                    self.row.add(name, ask(self.setting, "guess", way, 0, "read"))
        return [self.row]


class Stream:
    """Many bytes, from one process to another."""
    name = "relay-stream"

    def __init__(self, setting):
        self.setting = setting
        size = "%g MiB" % setting.file_size if setting.file_size < 1024 else "1 GiB"
        self.row = Row(
            self.name, "%s through the relay" % size, None,
            [("seconds", "seconds", "%.3f"), ("rate", "MiB/s", "%.0f")],
            [Target(OURS, DIRECT, "seconds", 1.5, "at least two thirds of the direct rate")],
            [("seconds", "no relay / its time")])

    def measure(self):
        """Runs all rounds."""
        for _, name in in_turn(ways(self.row), self.setting.file_rounds):
            with socket.create_server(("127.0.0.1", 0)) as listener:
                with Through(self.setting, name, "raw", listener.getsockname()[1]) as way:
                    seconds = self.stream(listener, way.port)
            self.row.add(name, {"seconds": seconds, "rate": self.setting.file_size / seconds})
        return [self.row]

    def stream(self, listener, port):
        """The time from the first byte sent to the last one read."""
        sender = start(self.setting.python("stream_sender.py", port, str(self.setting.file_size)),
                       stdin=subprocess.DEVNULL)
        reader = self.setting.python("stream_reader.py", str(listener.fileno()))
        try:
            run = subprocess.run(reader, pass_fds=[listener.fileno()], capture_output=True,
                                 stdin=subprocess.DEVNULL, timeout=4 * PATIENCE)
            result = json.loads(run.stdout)
        except (ValueError, subprocess.TimeoutExpired) as error:
            raise Failure("the stream does not come: %s" % error) from None
        finally:
            end(sender)
        if result["bytes"] != self.setting.file_size << 20:
            raise Failure("%d bytes came" % result["bytes"])
        return result["seconds"]
