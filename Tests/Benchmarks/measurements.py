"""Measured values, and comparisons between them."""
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Spread:
    """The median of several rounds, with the least and the greatest."""
    values: list

    @property
    def middle(self):
        return median(self.values)

    def text(self, form="%.2f"):
        middle = form % self.middle
        if len(self.values) == 1:
            return middle
        return "%s (%s–%s)" % (middle, form % min(self.values), form % max(self.values))


@dataclass
class Target:
    """A goal of a row: a contender's measure, divided by the peer's if there is one."""
    ours: str
    peer: str
    measure: str
    most: float
    words: str


@dataclass
class Row:
    """One line of the benchmark: contenders that did the same work in turn."""
    name: str
    title: str
    unit: str                        # the costs are costs of this; None if the columns say it
    columns: list                    # (measure, heading, format)
    targets: list = field(default_factory=list)
    ratios: list = field(default_factory=list)     # (measure, heading): over the first contender
    samples: dict = field(default_factory=dict)    # contender: [{measure: value}, a round each]
    remarks: list = field(default_factory=list)

    def add(self, contender, sample):
        """Notes a contender's sample of this round."""
        self.samples.setdefault(contender, []).append(sample)

    def values(self, contender, measure):
        """A contender's values, in the order of the rounds; None if it has no such measure."""
        values = [sample[measure] for sample in self.samples[contender] if measure in sample]
        return Spread(values) if values else None

    def ratio(self, ours, peer, measure):
        """Ours over the peer's, round by round."""
        pairs = zip(self.samples[ours], self.samples[peer])
        return Spread([a[measure] / b[measure] for a, b in pairs])

    def limit(self, peer, measure):
        """The bare C loop over the same peer: with these system calls no server costs less."""
        bare = [name for name in self.samples if name in ("C", "C epoll") and name != peer]
        return self.ratio(bare[0], peer, measure) if bare and peer else None

    def judged(self):
        """Each target with its measured value; None where a contender is missing."""
        for target in self.targets:
            if target.ours not in self.samples or target.peer not in (None, *self.samples):
                yield target, None
            elif target.peer is None:
                yield target, self.values(target.ours, target.measure)
            else:
                yield target, self.ratio(target.ours, target.peer, target.measure)


def in_turn(contenders, rounds):
    """A B, B A, A B, ...: so a machine that gets slower or faster helps no contender."""
    for number in range(rounds):
        for contender in contenders if number % 2 == 0 else reversed(contenders):
            yield number, contender
