"""Tells where a server listens, in the words of our programs."""
import sys


def listening(program, bound):
    """Prints the ready line."""
    print("%s: listening on %s:%d" % (program, *bound.getsockname()[:2]),
          file=sys.stderr, flush=True)
