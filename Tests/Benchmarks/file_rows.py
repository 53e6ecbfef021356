"""The rows that need no load generator: files, and start-up."""
import filecmp
import json
import os
import shutil
import socket
import subprocess
import threading
import time

from measurements import Row, Target, in_turn
from processes import PATIENCE, Failure, Server, cpu_nanoseconds, end, memory, start

BLOCK = 1 << 20
COLUMNS = [
    ("seconds", "seconds", "%.3f"), ("rate", "MiB/s", "%.0f"),
    ("cpu", "server CPU, µs a MiB", "%.0f"), ("client", "client's, µs a MiB", "%.0f"),
    ("memory", "server's memory, MiB more", "%.2f"),
]


def netcat(port):
    """This machine's nc with the options that send a file; None if no known nc is there."""
    path = shutil.which("nc")
    if not path:
        return None
    words = subprocess.run([path, "-h"], capture_output=True, text=True,
                           stdin=subprocess.DEVNULL, timeout=PATIENCE)
    words = words.stdout + words.stderr
    if "OpenBSD" in words:
        return [path, "-l", "-N", "127.0.0.1", port], [path, "-d", "127.0.0.1", port]
    if "Ncat" in words:
        return ([path, "-l", "--send-only", "127.0.0.1", port],
                [path, "--recv-only", "127.0.0.1", port])
    if "-q secs" in words:
        return [path, "-l", "-p", port, "-q", "0"], [path, "127.0.0.1", port]
    return None


def free_port():
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def wait_until_listening(port):
    """Asks the kernel's table: nc has no ready line, and takes only one connection."""
    mark = ":%04X 00000000:0000 0A" % int(port)
    end_of_patience = time.monotonic() + PATIENCE
    while time.monotonic() < end_of_patience:
        with open("/proc/net/tcp") as table:
            if mark in table.read():
                return
        time.sleep(0.001)
    raise Failure("nc does not listen")


def finish(child):
    """Waits for a process; its CPU time in seconds."""
    watchdog = threading.Timer(4 * PATIENCE, child.kill)
    watchdog.start()
    _, status, usage = os.wait4(child.pid, 0)
    watchdog.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    end(child)
    if child.returncode != 0:
        raise Failure("%s: exit %d" % (child.args[0], child.returncode))
    return usage.ru_utime + usage.ru_stime


class Files:
    """One file, from one process to another, to disk or to nowhere."""
    name = "file"

    def __init__(self, setting):
        self.setting = setting
        self.folder = os.path.join(setting.tools, "files")
        self.source = os.path.join(self.folder, "source")
        self.rows = [self.row("to disk"), self.row("to /dev/null")]

    def row(self, where):
        """An empty row with its targets."""
        plain, framed = "file-server, plain", "file-server, framed"
        targets = [
            Target(plain, "Python sendfile", "seconds", 1.05, "at most 1.05 × sendfile's time"),
            Target(framed, "Python sendfile", "seconds", 1.25, "at most 1.25 × sendfile's time")]
        for name in (plain, framed):
            targets += [
                Target(name, "nc", "seconds", 1, "faster than nc"),
                Target(name, "Python loop", "seconds", 1 / 3,
                       "at most a third of the Python loop's time"),
                Target(name, None, "memory", 2, "at most 2 MiB more than idle")]
        size = "%g MiB" % self.setting.file_size
        if self.setting.file_size >= 1024:
            size = "%g GiB" % (self.setting.file_size / 1024)
        return Row("file", "A file of %s %s" % (size, where), None, COLUMNS, targets,
                   [("seconds", "ours plain / its time")])

    def contenders(self):
        """Name, server, client with the local name left out."""
        s = self.setting
        server = s.ours("file-server", "127.0.0.1", "0", "--root", self.folder)
        reader = s.tool("file_reader", "127.0.0.1", "{port}", "source")
        fetch = "127.0.0.1:{port}:source"
        return [
            ("file-server, plain", server, s.ours("file-client", "--plain", fetch)),
            ("file-server, framed", server, s.ours("file-client", fetch)),
            ("Python sendfile", s.python("file_sendfile_server.py", "127.0.0.1", "0"), reader),
            ("nc", None, None),
            ("Python loop", s.python("file_loop_server.py", "127.0.0.1", "0"),
             s.python("file_loop_client.py", "127.0.0.1", "{port}", "source"))]

    def measure(self):
        """Runs all rounds; leaves no file behind."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        try:
            if shutil.disk_usage(self.folder).free < 4 * self.setting.file_size * BLOCK:
                raise Failure("not enough room on the disk")
            with open(self.source, "wb") as file:
                for _ in range(self.setting.file_size):
                    file.write(os.urandom(BLOCK))
                os.fsync(file.fileno())  # or it would be written out in the first round
            for number, contender in in_turn(self.contenders(), self.setting.file_rounds):
                for row, target in zip(self.rows, (os.path.join(self.folder, "copy"),
                                                   "/dev/null")):
                    self.transfer(row, contender, target, is_first=number == 0)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        return self.rows

    def transfer(self, row, contender, target, is_first):
        """One file by one contender."""
        name, server, client = contender
        if name == "nc":
            sample = self.by_netcat(target)
            if sample is None:
                if is_first:
                    row.remarks.append("nc is missing here, or of an unknown kind.")
                return
        else:
            sample = self.by_server(server, client, target)
        if target != "/dev/null":
            if is_first and not filecmp.cmp(self.source, target, shallow=False):
                raise Failure("%s: the copy differs" % name)
            os.remove(target)
        row.add(name, sample)

    def sample(self, seconds, server_cpu, client_cpu):
        """A transfer in the measures of the tables."""
        size = self.setting.file_size
        return {"seconds": seconds, "rate": size / seconds, "cpu": server_cpu * 1e6 / size,
                "client": client_cpu * 1e6 / size}

    def by_server(self, command, client, target):
        """From the client's start to its end: the time that a person waits."""
        with Server(command, folder=self.folder) as server:
            client = [word.replace("{port}", server.port) for word in client] + [target]
            idle = memory(server.pid, "VmRSS")
            before = cpu_nanoseconds(server.pid)
            began = time.monotonic()
            client_cpu = finish(start(client, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL))
            seconds = time.monotonic() - began
            server_cpu = (cpu_nanoseconds(server.pid) - before) / 1e9
            more = memory(server.pid, "VmHWM") - idle
        sample = self.sample(seconds, server_cpu, client_cpu)
        sample["memory"] = more / 2 ** 20
        return sample

    def by_netcat(self, target):
        """nc serves one file to one client, and ends."""
        port = free_port()
        commands = netcat(port)
        if commands is None:
            return None
        with open(self.source, "rb") as source, open(target, "wb") as copy:
            server = start(commands[0], stdin=source, stdout=subprocess.DEVNULL)
            wait_until_listening(port)
            began = time.monotonic()
            client = start(commands[1], stdin=subprocess.DEVNULL, stdout=copy)
            client_cpu = finish(client)
            seconds = time.monotonic() - began
            server_cpu = finish(server)
        return self.sample(seconds, server_cpu, client_cpu)


class StartUp:
    """From exec to the ready line, for every server."""
    name = "start-up"

    def __init__(self, setting):
        self.setting = setting
        self.row = Row(
            "start-up", "Start-up: from exec to the ready line", None,
            [("milliseconds", "ms", "%.2f"), ("resident", "MiB resident", "%.1f")])

    def measure(self):
        """Starts each program several times."""
        programs = sorted(name for name in os.listdir(self.setting.programs)
                          if name.endswith("-server"))
        folder = os.path.join(self.setting.tools, "start-up")
        os.makedirs(folder, exist_ok=True)
        for name in programs:
            command = self.setting.tool("start_up", str(self.setting.starts))
            command += self.setting.ours(name, "127.0.0.1", "0")
            run = subprocess.run(command, capture_output=True, text=True, cwd=folder,
                                 stdin=subprocess.DEVNULL, timeout=6 * PATIENCE)
            if run.returncode != 0:
                self.row.remarks.append(run.stderr.strip())
                continue
            result = json.loads(run.stdout)
            for milliseconds in result["milliseconds"]:
                self.row.add(name, {"milliseconds": milliseconds,
                                    "resident": result["resident_kib"] / 1024})
        for measure, most, words in (("milliseconds", 10, "at most 10 ms"),
                                     ("resident", 12, "at most 12 MiB resident")):
            if self.row.samples:  # the worst one is shown for all
                worst = max(self.row.samples,
                            key=lambda name: self.row.values(name, measure).middle)
                self.row.targets.append(Target(worst, None, measure, most, words))
        shutil.rmtree(folder, ignore_errors=True)
        return [self.row]
