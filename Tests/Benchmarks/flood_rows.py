"""The rows of a client that asks beside others that flood the server."""
import json
import subprocess
import tempfile

from measurements import Row, Target, in_turn
from processes import PATIENCE, Failure, Server, end, start

LOOPBACK = ["127.0.0.1", "0"]
# The number of flooders, and whether they read their replies.
CROWDS = [(0, "read"), (1, "unread"), (1, "read"), (4, "unread"), (4, "read")]
# The longest median round trip beside this many flooders, in ms.
MOST = {1: 2, 4: 5}


def beside(name, flooders, reading):
    """A contender and its crowd, as a line of the table."""
    if flooders == 0:
        return "%s, alone" % name
    return "%s, beside %d, replies %s" % (name, flooders, reading)


def ask(setting, service, server, flooders, reading):
    """A client's median and worst round trip beside a crowd, in ms."""
    child = start(
        setting.tool("flood", service, "127.0.0.1", server.port, str(flooders),
                     str(setting.seconds), reading),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        output, complaint = child.communicate(timeout=2 * PATIENCE)
    except subprocess.TimeoutExpired:
        raise Failure("the flood does not end") from None
    finally:
        end(child)
    if child.returncode:
        raise Failure(complaint.decode(errors="replace").strip())
    return json.loads(output)


class Flood:
    """A question's round trip while others send small messages as fast as they can."""
    name = "flood"

    def __init__(self, setting, service, contenders):
        self.setting, self.service, self.contenders = setting, service, contenders
        ours = contenders[0][0]
        self.row = Row(
            "flood", "A question beside clients that flood, %s" % ours, None,
            [("median", "median, ms", "%.2f"), ("worst", "worst, ms", "%.2f")],
            [Target(beside(ours, *crowd), None, "median", MOST[crowd[0]],
                    "at most %d ms" % MOST[crowd[0]]) for crowd in CROWDS if crowd[0]])

    def measure(self):
        """Every crowd at every contender, each with a server of its own."""
        for _, (name, command) in in_turn(self.contenders, self.setting.curve_rounds):
            for crowd in CROWDS:
                # A server may keep files in its working folder.
                with tempfile.TemporaryDirectory() as folder, \
                        Server(command, folder=folder) as server:
                    trip = ask(self.setting, self.service, server, *crowd)
                self.row.add(beside(name, *crowd), trip)
        return [self.row]


def flood_rows(s):
    """The servers with the most expensive requests. `s` is the setting."""
    return [
        Flood(s, "calculator", [
            ("calculator-server", s.ours("calculator-server", *LOOPBACK)),
            ("asyncio", s.python("asyncio_server.py", "calculator", *LOOPBACK)),
            ("Python select", s.python("python_calculator_select.py", *LOOPBACK))]),
        Flood(s, "arithmetic",
              [("arithmetic-server", s.ours("arithmetic-server", *LOOPBACK))]),
        Flood(s, "quiz", [("quiz-server", s.ours("quiz-server", *LOOPBACK))]),
    ]
