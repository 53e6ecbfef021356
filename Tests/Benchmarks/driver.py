"""Runs the rows of the benchmark and writes the results. Started by `run`."""
import argparse
import os
import resource
import signal
import subprocess
import sys
import time

import pictures
import results
from file_rows import Files, StartUp
from flood_rows import flood_rows
from processes import Bystanders, Failure, end_all
from relay_rows import Question, Stream
from request_rows import IdleCurve, Memory, request_rows

HERE = os.path.dirname(os.path.abspath(__file__))
SPARE_DESCRIPTORS = 400  # for all but the idle connections


class Setting:
    """The times and rounds of a run, and the place of the programs."""

    def __init__(self, arguments):
        self.programs, self.tools = arguments.programs, arguments.tools
        quick = arguments.quick
        self.rounds = 1 if quick else 5
        self.file_rounds = 1 if quick else 3
        self.curve_rounds = 1 if quick else 3
        self.seconds, self.warm_up = (0.1, 0.05) if quick else (0.5, 0.1)
        self.curve_seconds = 0.1 if quick else 0.25
        self.idle_steps = [1, 100, 1_000] if quick else [1, 10, 100, 1_000, 3_000, 10_000]
        self.file_size = 32 if quick else 1_024  # MiB
        self.starts = 3 if quick else 20
        # One core is for the server; the load generator may use all others, and needs no more than
        # 4.
        self.threads = max(1, min(4, len(os.sched_getaffinity(0)) - 1))
        self.most = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE_DESCRIPTORS
        self.load_tool = os.path.join(self.tools, "load")

    def fit(self, count):
        """As many connections as the limit on descriptors leaves."""
        return min(count, self.most)

    def ours(self, name, *arguments):
        """The command of one of our programs."""
        return [os.path.join(self.programs, name), *arguments]

    def tool(self, name, *arguments):
        """The command of a compiled peer."""
        return [os.path.join(self.tools, name), *arguments]

    def python(self, name, *arguments):
        """The command of a Python peer."""
        return [sys.executable, os.path.join(HERE, "peers", name), *arguments]


def parse():
    parser = argparse.ArgumentParser(prog="run", description="Measures ours beside the peers.")
    parser.add_argument("--programs", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--tools", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="half a minute; judges no figure")
    parser.add_argument("--list", action="store_true", help="show the rows and end")
    parser.add_argument("rows", nargs="*", help="only these rows; RESULTS.md stays as it is")
    return parser.parse_args()


def benchmarks(setting):
    """Every benchmark with the name that chooses it."""
    every = [(one.row.name, one) for one in request_rows(setting)]
    return every + [(one.name, one) for one in (
        IdleCurve(setting), Memory(setting), *flood_rows(setting), Files(setting),
        Question(setting), Stream(setting), StartUp(setting))]


def measure(chosen):
    """Runs all rows; a row that fails does not end the others."""
    rows, failures = [], []
    for name, benchmark in chosen:
        began = time.monotonic()
        try:
            rows += benchmark.measure()
        except (Failure, OSError, ValueError, subprocess.SubprocessError) as error:
            end_all()
            failures.append((name, error))
            print("%s: did not run: %s" % (name, error), file=sys.stderr)
            continue
        print("%s: %.1f s" % (name, time.monotonic() - began), file=sys.stderr)
    return rows, failures


def draw(rows, folder):
    """Writes the pictures that have rows."""
    drawn = []
    curve = [row for row in rows if row.name == "curve" and row.samples]
    files = [row for row in rows if row.name == "file" and row.samples]
    for found, name, words, make in (
            (curve, "idle-crowd.svg", "CPU per request against idle connections",
             lambda found: pictures.idle_crowd(found[0])),
            (files, "file-transfer.svg", "File transfer beside the peers",
             pictures.file_transfer)):
        if found:
            with open(os.path.join(folder, name), "w") as picture:
                picture.write(make(found))
            drawn.append((words, name))
    return drawn


def main():
    arguments = parse()
    # After a signal, too, nothing must stay behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    setting = Setting(arguments)
    every = benchmarks(setting)
    names = list(dict.fromkeys(name for name, _ in every))
    if arguments.list:
        return print("\n".join(names))
    unknown = set(arguments.rows) - set(names)
    if unknown:
        print("run: no row %s; the rows are %s" % (unknown.pop(), ", ".join(names)),
              file=sys.stderr)
        return 64
    chosen = [one for one in every if not arguments.rows or one[0] in arguments.rows]
    if setting.fit(setting.idle_steps[-1]) < setting.idle_steps[-1]:
        print("run: the limit on descriptors leaves %d connections; see ulimit -Hn"
              % setting.most, file=sys.stderr)

    began, bystanders = time.monotonic(), Bystanders()
    rows, failures = measure(chosen)

    # A part of a run, or a quick run, must not be taken for the results.
    is_whole = not arguments.quick and not arguments.rows
    folder = HERE if is_whole else setting.tools
    text = results.markdown(rows, failures, bystanders.cores(), setting, draw(rows, folder),
                            judges=not arguments.quick)
    results.write(os.path.join(folder, "RESULTS.md"), text)
    print(text)
    print("%d rows in %.0f s; written to %s" % (
        len(rows), time.monotonic() - began, os.path.join(folder, "RESULTS.md")),
        file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        end_all()
