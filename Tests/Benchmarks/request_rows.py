"""The rows that the load generator measures: requests, deliveries, idle crowds, memory."""
from measurements import Row, Target, in_turn
from processes import Failure, Load, Server, memory

LOOPBACK = ["127.0.0.1", "0"]
COLUMNS = [
    ("cpu", "CPU, µs", "%.3g"), ("rate", "per second", "%.0f"), ("p50", "p50, µs", "%.0f"),
    ("p99", "p99, µs", "%.0f"), ("busy", "server busy", "%.0f %%"),
    ("load", "load busy", "%.0f %%"),
]
RATIOS = [("cpu", "ours / its CPU"), ("rate", "ours / its rate")]


def sample(step):
    """A measurement of the load generator, in the measures of the tables."""
    if step["units"] == 0 or step["server_cpu"] == 0:
        raise Failure("no work was done")
    # There is no latency if no request was both sent and answered within the measured time.
    latencies = {name: step[name] for name in ("p50", "p99") if step[name] > 0}
    return latencies | {
        "cpu": step["server_cpu"] * 1e6 / step["units"],
        "rate": step["units"] / step["seconds"],
        "busy": 100 * step["server_cpu"] / step["seconds"],
        "load": 100 * step["load_cpu"] / step["seconds"] / step["threads"],
        "lost": step["lost"],
    }


class Requests:
    """A row of contenders: for each a name, a command, and the differences of its load."""

    def __init__(self, setting, name, title, mode, contenders, targets, unit="request", **load):
        self.setting, self.mode, self.load = setting, mode, load
        self.row = Row(name, title, unit, COLUMNS, targets, RATIOS)
        self.contenders = contenders

    def measure(self):
        """Runs all rounds."""
        setting = self.setting
        for _, (name, command, *changes) in in_turn(self.contenders, setting.rounds):
            options = dict(self.load, seconds=setting.seconds, warm_up=setting.warm_up,
                           threads=setting.threads)
            for change in changes:
                options.update(change)
            with Server(command) as server, Load(
                    setting.load_tool, server, self.mode, **options) as load:
                self.row.add(name, sample(load.step()))
        self.remark()
        return [self.row]

    def remark(self):
        """Adds notes to figures that need care."""
        for name in self.row.samples:
            busy = self.row.values(name, "busy").middle
            load = self.row.values(name, "load").middle
            if load > 95 and busy < 90:
                self.row.remarks.append(
                    "%s waited for the load generator: its rate is a lower bound." % name)
            lost = sum(one["lost"] for one in self.row.samples[name])
            if lost:
                self.row.remarks.append("%s: %d datagrams asked for again." % (name, lost))


def request_rows(s):
    """All rows of one request after another. `s` is the setting."""
    ours, tool, python = s.ours, s.tool, s.python
    guess = ours("guess-server", *LOOPBACK, "--number", "100", "--poller")
    epoll, select_, poll = guess + ["epoll"], guess + ["select"], guess + ["poll"]
    c_guess = ("C epoll", tool("c_guess_server", *LOOPBACK))
    py_guess = ("Python select", python("python_guess_select.py", *LOOPBACK))
    async_guess = ("asyncio", python("asyncio_server.py", "guess", *LOOPBACK))
    chat = ours("chat-server", *LOOPBACK, "--poller")
    rows = []
    for clients in (100, s.fit(800)):
        rows.append(Requests(
            s, "select", "select-server, %d clients, one request at a time" % clients, "select",
            [("select-server", ours("select-server", *LOOPBACK)),
             ("Python select", python("select_server.py", *LOOPBACK)),
             ("asyncio", python("asyncio_server.py", "select", *LOOPBACK)),
             ("C epoll", tool("c_select_server", *LOOPBACK))],
            [Target("select-server", "Python select", "cpu", 1, "at most Python select's"),
             Target("select-server", "C epoll", "cpu", 1.2, "at most 1.2 × C epoll's")],
            connections=clients))
    rows.append(Requests(
        s, "guess", "guess-server, 100 clients, one 8-byte question at a time", "guess",
        [("guess-server, epoll", epoll), ("guess-server, select (its default)", select_),
         c_guess, async_guess, py_guess],
        [Target("guess-server, epoll", "C epoll", "cpu", 1.1, "at most 1.1 × C's"),
         Target("guess-server, epoll", "asyncio", "cpu", 1, "under asyncio's"),
         Target("guess-server, epoll", "Python select", "cpu", 1, "under Python select's")],
        unit="question", connections=100))
    twelfth = "at most a twelfth of %s's"
    rows.append(Requests(
        s, "pipelined", "guess-server, 16 clients, 1,024 questions in one segment", "guess",
        [("guess-server, epoll", epoll), c_guess, async_guess, py_guess],
        [Target("guess-server, epoll", "C epoll", "cpu", 1.3, "at most 1.3 × C's"),
         Target("guess-server, epoll", "asyncio", "cpu", 1 / 12, twelfth % "asyncio"),
         Target("guess-server, epoll", "Python select", "cpu", 1 / 12,
                twelfth % "Python select")],
        unit="question", connections=16, depth=1024))
    crowd = s.fit(9000)
    rows.append(Requests(
        s, "crowd", "guess-server, 100 busy clients among %s idle ones" % f"{crowd:,}", "guess",
        [("epoll, with the crowd", epoll, {"idle": crowd}),
         ("epoll, without", epoll, {"idle": 0}),
         ("select, with the crowd", select_, {"idle": crowd}),
         ("poll, with the crowd", poll, {"idle": crowd})],
        [Target("epoll, with the crowd", "epoll, without", "cpu", 1.1,
                "at most 1.1 × its own cost without the crowd")],
        unit="question", connections=100))
    rows[-1].row.remarks.append(
        "No Python select here: its select takes no descriptor above 1,023.")
    receivers = s.fit(1000)
    for depth in (1, 16):
        contenders = [
            ("chat-server, epoll", chat + ["epoll"]),
            ("chat-server, select (its default)", chat + ["select"]),
            ("C epoll", tool("c_chat_server", *LOOPBACK)),
            ("asyncio", python("asyncio_server.py", "chat", *LOOPBACK))]
        if depth > 1:
            contenders.append(("asyncio, lines joined",
                               python("asyncio_server.py", "chat-joined", *LOOPBACK)))
        at_a_time = "one line at a time" if depth == 1 else "%d lines in one segment" % depth
        rows.append(Requests(
            s, "chat", f"chat-server, 1 sender, {receivers:,} receivers, {at_a_time}", "chat",
            contenders,
            [Target("chat-server, epoll", "C epoll", "cpu", 1.25, "at most 1.25 × C's"),
             Target("chat-server, epoll", "asyncio", "cpu", 1 / 3,
                    "at most a third of asyncio's")],
            unit="delivery", connections=receivers + 1, depth=depth))
    rows[-1].row.remarks.append(
        "asyncio writes each line by itself, as such programs do; \"lines joined\" collects them "
        "first, as ours and C do.")
    rows.append(Requests(
        s, "datetime", "datetime-server, 64 clients in a closed loop", "datetime",
        [("datetime-server", ours("datetime-server", *LOOPBACK)),
         ("C", tool("c_datetime_server", *LOOPBACK))],
        [Target("datetime-server", "C", "cpu", 1.15, "at most 1.15 × C's")],
        unit="datagram", connections=64))
    return rows


class IdleCurve:
    """The cost of a question against the number of idle connections, for the picture."""
    name = "curve"

    def __init__(self, setting):
        self.setting = setting
        self.steps = [n for n in setting.idle_steps if n <= setting.fit(n)]
        self.row = Row(
            "curve", "guess-server, 100 busy clients, CPU per question by idle connections",
            None, [(n, f"{n:,} idle, µs", "%.3g") for n in self.steps])

    def measure(self):
        """Adds to each server's crowd step by step."""
        setting = self.setting
        command = setting.ours("guess-server", *LOOPBACK, "--number", "100", "--poller")
        for _, mechanism in in_turn(["select", "poll", "epoll"], setting.curve_rounds):
            with Server(command + [mechanism]) as server, Load(
                    setting.load_tool, server, "guess", connections=100,
                    idle=",".join(map(str, self.steps)), seconds=setting.curve_seconds,
                    warm_up=setting.warm_up, threads=setting.threads) as load:
                costs = {n: sample(load.step())["cpu"] for n in self.steps}
            self.row.add(mechanism, costs)
        return [self.row]


class Memory:
    """The memory that an idle connection adds to the server's own."""
    name = "memory"

    def __init__(self, setting):
        self.setting = setting
        self.count = setting.fit(setting.idle_steps[-1])
        self.row = Row(
            "memory", f"Memory of {self.count:,} idle connections", None,
            [("each", "bytes each", "%.0f"), ("empty", "empty, MiB", "%.1f"),
             ("full", "full, MiB", "%.1f")],
            [Target("guess-server, epoll", None, "each", 1024, "at most 1 KiB each")])
        self.row.remarks.append(
            "Anonymous memory of the process (RssAnon); the kernel's own is not in it.")

    def measure(self):
        """Counts before the first connection and with all of them open."""
        s = self.setting
        guess = s.ours("guess-server", *LOOPBACK, "--number", "100", "--poller", "epoll")
        contenders = [
            ("guess-server, epoll", guess), ("C epoll", s.tool("c_guess_server", *LOOPBACK)),
            ("asyncio", s.python("asyncio_server.py", "guess", *LOOPBACK))]
        for _, (name, command) in in_turn(contenders, s.curve_rounds):
            with Server(command) as server:
                empty = memory(server.pid, "RssAnon")
                with Load(s.load_tool, server, "guess", idle=self.count, seconds=0.02,
                          warm_up=0) as load:
                    load.step()
                    full = memory(server.pid, "RssAnon")
            self.row.add(name, {"each": (full - empty) / self.count,
                                "empty": empty / 2 ** 20, "full": full / 2 ** 20})
        return [self.row]
