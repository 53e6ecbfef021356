"""Pictures as SVG, each on a card of its own, so that it reads on a dark and on a light page."""
from math import ceil, floor, log10
from xml.sax.saxutils import escape

WIDTH = 760
STYLE = """
  .card { fill: #ffffff; stroke: #d0d7de; }
  text { fill: #1f2328; font: 13px system-ui, -apple-system, sans-serif; }
  .title { font-size: 16px; font-weight: 600; }
  .small { fill: #59636e; font-size: 12px; }
  .grid { stroke: #d8dee4; stroke-width: 1; }
  .spread { stroke: #59636e; stroke-width: 1.5; }
  .a { fill: #0969da; } .b { fill: #bc4c00; } .c { fill: #1a7f37; } .other { fill: #afb8c1; }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .line.a, .spread.a { stroke: #0969da; } .line.b, .spread.b { stroke: #bc4c00; }
  .line.c, .spread.c { stroke: #1a7f37; } .line.a, .line.b, .line.c { fill: none; }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d; }
    text { fill: #e6edf3; }
    .small { fill: #9198a1; }
    .grid { stroke: #262c36; }
    .spread { stroke: #9198a1; }
    .a { fill: #58a6ff; } .b { fill: #f0883e; } .c { fill: #3fb950; } .other { fill: #59636e; }
    .line.a, .spread.a { stroke: #58a6ff; } .line.b, .spread.b { stroke: #f0883e; }
    .line.c, .spread.c { stroke: #3fb950; } .line.a, .line.b, .line.c { fill: none; }
  }
"""


def page(height, title, subtitle, body):
    """A whole picture."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-label="{escape(title)}">\n'
        f"<style>{STYLE}</style>\n"
        f'<rect class="card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>')
    lines = [head, text(24, 32, title, "title"), text(24, 52, subtitle, "small")]
    return "\n".join(lines + body + ["</svg>"]) + "\n"


def text(x, y, words, style="", anchor="start"):
    """A line of text."""
    return (f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
            f"{escape(words)}</text>")


def line(x1, y1, x2, y2, style):
    """A straight line."""
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def number(value):
    """A figure with a useful number of digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def idle_crowd(row):
    """CPU per request against the number of idle connections, both on logarithmic scales."""
    left, right, top, bottom = 76, WIDTH - 84, 84, 380
    steps = [count for count, _, _ in row.columns]
    spreads = {name: [row.values(name, count) for count in steps] for name in row.samples}
    every = [value for series in spreads.values() for one in series for value in one.values]
    low, high = log10(min(every)), log10(max(every))
    low, high = floor(low * 3) / 3, ceil(high * 3 + 0.2) / 3
    end = max(log10(steps[-1]), 1)

    def x_of(count):
        return left + (right - left) * log10(max(count, 1)) / end

    def y_of(cost):
        return bottom - (bottom - top) * (log10(cost) - low) / (high - low)

    body = []
    for power in range(floor(low), ceil(high) + 1):
        for digit in (1, 2, 5):
            cost = digit * 10.0 ** power
            if low <= log10(cost) <= high:
                body.append(line(left, y_of(cost), right, y_of(cost), "grid"))
                body.append(text(left - 10, y_of(cost) + 4, number(cost) + " µs", "small", "end"))
    for power in range(0, floor(end) + 1):
        x = x_of(10 ** power)
        body.append(line(x, top, x, bottom, "grid"))
        body.append(text(x, bottom + 20, f"{10 ** power:,}", "small", "middle"))
    body.append(text((left + right) / 2, bottom + 42, "idle connections", "small", "middle"))
    labels = []
    for name, style in zip(("select", "poll", "epoll"), "bac"):
        if name not in spreads:
            continue
        points = [(x_of(count), spread) for count, spread in zip(steps, spreads[name])]
        path = " ".join(f"{x:.1f},{y_of(spread.middle):.1f}" for x, spread in points)
        body.append(f'<polyline class="line {style}" points="{path}"/>')
        for x, spread in points:
            body.append(line(x, y_of(min(spread.values)), x, y_of(max(spread.values)),
                             f"spread {style}"))
            body.append(f'<circle class="{style}" cx="{x:.1f}" cy="{y_of(spread.middle):.1f}" '
                        'r="3.5"/>')
        labels.append([y_of(points[-1][1].middle), name, style])
    labels.sort()
    for above, below in zip(labels, labels[1:]):  # two names must not lie on each other
        below[0] = max(below[0], above[0] + 17)
    for y, name, style in labels:
        body.append(text(right + 12, y + 4, name, style))
    return page(
        440, "What a crowd of idle connections costs",
        "guess-server: CPU per question of 100 busy clients; median of the rounds, bars from "
        "least to greatest", body)


def file_transfer(rows):
    """The time of a file by contender, a group of bars for each target."""
    left, right, bar, gap = 176, WIDTH - 130, 22, 8
    longest = max(max(row.values(name, "seconds").values) for row in rows for name in row.samples)
    body, y = [], 84
    for row in rows:
        body.append(text(24, y + 4, row.title))
        y += 18
        for name in row.samples:
            spread = row.values(name, "seconds")
            length = (right - left) * spread.middle / longest
            style = {"file-server, plain": "a", "file-server, framed": "c"}.get(name, "other")
            middle = y + bar / 2
            body.append(text(left - 10, middle + 4, name, "small", "end"))
            body.append(f'<rect class="{style}" x="{left}" y="{y}" width="{length:.1f}" '
                        f'height="{bar}" rx="3"/>')
            ends = [left + (right - left) * f(spread.values) / longest for f in (min, max)]
            body.append(line(ends[0], middle, ends[1], middle, "spread"))
            rate = row.values(name, "rate").middle
            body.append(text(max(ends[1], left + length) + 8, middle + 4,
                             f"{spread.middle:.2f} s, {rate:,.0f} MiB/s", "small"))
            y += bar + gap
        y += 26
    return page(
        y - 6, "A file from one process to another",
        "from the client's start to its end; median of the rounds, lines from least to greatest",
        body)
