"""Starts servers and load generators, measures them, and ends every one of them."""
import json
import os
import re
import select
import signal
import subprocess
import threading
import time

PATIENCE = 20  # seconds: more than any step needs, and less than a person waits

children = []


class Failure(Exception):
    """A step that a row needs has failed."""


def start(command, **streams):
    """Starts a process that `end_all` will end, even after an error."""
    child = subprocess.Popen(command, **streams)
    children.append(child)
    return child


def end(child):
    """Ends a process, if it still runs, by its own process id."""
    if child.poll() is None:
        child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout, child.stderr):
        if stream:
            stream.close()
    if child in children:
        children.remove(child)


def end_all():
    """Ends all started processes that still run."""
    for child in list(children):
        end(child)


def read_line(stream, name):
    """Reads a line as bytes, or fails when none comes in time."""
    if not select.select([stream], [], [], PATIENCE)[0]:
        raise Failure("%s says nothing" % name)
    return stream.readline()


def cpu_nanoseconds(pid):
    """User and system time of all threads of a process, from its own clock."""
    return time.clock_gettime_ns((~pid << 3) | 2)  # as clock_getcpuclockid(3) makes it


def memory(pid, field):
    """A field of /proc/<pid>/status, in bytes."""
    with open("/proc/%d/status" % pid) as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    raise Failure("the system does not tell %s" % field)


class Bystanders:
    """The other work of the machine meanwhile: beside much of it, the figures mean nothing."""

    def __init__(self):
        self.before = self._now()

    @staticmethod
    def _now():
        with open("/proc/stat") as table:
            user, nice, system, _, _, irq, softirq, steal = map(int, table.readline().split()[1:9])
        tick = os.sysconf("SC_CLK_TCK")
        own = sum(os.times()[:4])  # with all children that have ended
        busy = (user + nice + system + irq + softirq) / tick - own
        return time.monotonic(), busy, steal / tick

    def cores(self):
        """The shares of other processes and of the hypervisor since the beginning, in cores."""
        seconds, busy, steal = (b - a for a, b in zip(self.before, self._now()))
        return max(0, busy / seconds), steal / seconds


class Server:
    """A server that has printed its ready line. It is ended with SIGKILL at the end of `with`."""

    def __init__(self, command, folder=None):
        self.process = start(command, cwd=folder, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0)
        self.pid = self.process.pid
        line = read_line(self.process.stderr, command[0])
        ready = re.search(rb"listening on \S*?:(\d+)\s*$", line)
        if not ready:
            end(self.process)
            raise Failure("%s: %s" % (command[0], line.decode(errors="replace").strip()))
        self.port = ready.group(1).decode()
        # Later error lines must not fill the pipe and stop the server.
        self.drain = threading.Thread(target=self._drain, daemon=True)
        self.drain.start()

    def _drain(self):
        while os.read(self.process.stderr.fileno(), 65536):
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.drain.join()
        end(self.process)


class Load:
    """A load generator at work. It holds its connections until the end of `with`."""

    def __init__(self, tool, server, mode, **options):
        command = [tool, mode, "127.0.0.1", server.port, "--pid", str(server.pid)]
        for name, value in options.items():
            command += ["--" + name.replace("_", "-"), str(value)]
        self.server = server
        self.process = start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, bufsize=0)

    def step(self):
        """Waits for the next measurement."""
        line = read_line(self.process.stdout, "the load generator")
        if not line:
            raise Failure(self.process.stderr.read().decode(errors="replace").strip())
        return json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # End the server first, so that no port is left in TIME_WAIT.
        if self.server.process.poll() is None:
            os.kill(self.server.pid, signal.SIGKILL)
            self.server.process.wait()
        self.process.stdin.close()
        self.process.stdin = None
        try:
            self.process.wait(PATIENCE)
        finally:
            end(self.process)
