"""RESULTS.md: the machine, the goals, and every figure."""
import os
import platform
import re
import shutil
import subprocess

BY_HAND = "## Limits"
TEMPLATE = BY_HAND + """

The rows that are not reached, with the limit and its proof. Written by hand; the benchmark keeps
this section as it is.
"""


def first_line(*command):
    """The first line a program prints, or None without that program."""
    if not shutil.which(command[0]):
        return None
    run = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                         timeout=60)
    lines = (run.stdout or run.stderr).strip().splitlines()
    return lines[0].strip() if lines else None


def field(path, name):
    """The value behind `name` in one of the kernel's tables."""
    with open(path) as table:
        found = re.search(r"^%s\s*:\s*(.*)$" % re.escape(name), table.read(), re.MULTILINE)
    return found.group(1) if found else None


def machine(bystanders):
    """The machine and the tools that the figures depend on, as lines of a list."""
    memory = int(field("/proc/meminfo", "MemTotal").split()[0]) / 2 ** 20
    facts = [
        ("Processor", "%s, %d cores usable" % (
            field("/proc/cpuinfo", "model name") or platform.machine(),
            len(os.sched_getaffinity(0)))),
        ("Memory", "%.0f GiB" % memory),
        ("System", "%s %s" % (platform.system(), platform.release())),
        ("Swift", first_line("swift", "--version")),
        ("C compiler", first_line(os.environ.get("CC", "cc"), "--version")),
        ("Python", platform.python_version()),
        ("nc", first_line("nc", "-h") or "none"),
        ("Meanwhile", "other processes used %.2f cores, the hypervisor took %.2f" % bystanders),
    ]
    return ["- %s: %s" % fact for fact in facts]


def table(headings, rows, words=1):
    """A Markdown table; the first `words` columns are words, the others are figures."""
    lines = ["| " + " | ".join(headings) + " |",
             "|" + "---|" * words + "---:|" * (len(headings) - words)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def as_ratio(value):
    """Small ratios keep their digits: a twelfth is 0.083."""
    return "%.2f" if value >= 0.2 else "%.3f"


def target_lines(rows, judges):
    """The goals, beside the values reached."""
    lines = []
    for row in rows:
        for target, spread in row.judged():
            title = "%s: %s" % (row.title, target.ours)
            if spread is None:
                lines.append([title, target.words, "not run", "–", "–"])
                continue
            form = as_ratio(spread.middle) if target.peer else "%.2f"
            verdict = "–"
            if judges:
                verdict = "yes" if spread.middle <= target.most else "**no**"
            limit = row.limit(target.peer, target.measure)
            bare = as_ratio(limit.middle) % limit.middle if limit else "–"
            lines.append([title, target.words, spread.text(form), bare, verdict])
    return lines


def row_lines(row):
    """A row's section: a line for each contender."""
    lines = ["", "### %s" % row.title, ""]
    if row.unit:
        lines += ["Per %s:" % row.unit, ""]
    names = list(row.samples)
    headings = [""] + [heading for _, heading, _ in row.columns]
    headings += [heading for _, heading in row.ratios]
    rows = []
    for name in names:
        cells = [name]
        for measure, _, form in row.columns:
            values = row.values(name, measure)
            cells.append("–" if values is None else form % values.middle)
        for measure, _ in row.ratios:
            ratio = row.ratio(names[0], name, measure)
            cells.append("" if name == names[0] else ratio.text(as_ratio(ratio.middle)))
        rows.append(cells)
    lines += table(headings, rows)
    for remark in row.remarks:
        lines += ["", remark]
    return lines


def markdown(rows, failures, bystanders, setting, pictures, judges=True):
    """The page, without the section that is written by hand."""
    targets = target_lines(rows, judges)
    missed = sum("**no**" in line[-1] for line in targets)
    lines = [
        "# Results", "",
        "Written by `Tests/Benchmarks/run`. The contenders of a row run in turn, A B then B A, "
        "%d rounds (files %d, curve and memory %d), %g s each after %g s to warm up. A ratio is "
        "taken within a round; shown is the median of the rounds (least–greatest)." % (
            setting.rounds, setting.file_rounds, setting.curve_rounds, setting.seconds,
            setting.warm_up), "",
        "CPU is user and system time of the server's process while it serves, from its process "
        "clock; \"busy\" is its share of one core. On loopback the kernel does a part of the "
        "receiver's work in the sender's time, for all contenders alike. A server that is faster "
        "than its load finds less ready at each wake-up, and pays more of them per request.", "",
        "## Machine", ""]
    lines += machine(bystanders)
    if sum(bystanders) > 0.1:
        lines += ["", "**The machine was busy with other things: rates and latencies are not to be "
                  "trusted, and CPU only roughly.**"]
    lines += ["", "## To reach", ""]
    if judges:
        lines += [
            "%d of %d reached, by the median. The column \"bare C's\" shows the cost of the bare C "
            "loop beside the same peer: with the same system calls no server costs less." % (
                len(targets) - missed, len(targets)), ""]
    else:
        lines += ["A quick run: it shows that the benchmark works, and judges no figure.", ""]
    lines += table(["row", "to reach", "measured", "bare C's", "reached"], targets, words=2)
    for name, reason in failures:
        lines += ["", "%s did not run: %s" % (name, reason)]
    for text, path in pictures:
        lines += ["", "![%s](%s)" % (text, path)]
    lines += ["", "## Figures"]
    for row in rows:
        if row.samples:
            lines += row_lines(row)
    return "\n".join(lines) + "\n"


def write(path, text):
    """Writes the page and keeps the section that was written by hand."""
    by_hand = TEMPLATE
    if os.path.exists(path):
        with open(path) as page:
            old = page.read()
        if BY_HAND in old:
            by_hand = old[old.index(BY_HAND):]
    with open(path, "w") as page:
        page.write(text + "\n" + by_hand)
