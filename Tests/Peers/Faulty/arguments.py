# Lab 2, cmd_line.py: prints its arguments. Any arguments, of any form.
import sys

from robust import PROGRAM, broken, start, without

FAULTS = without(PROGRAM, "usage-zero") + (
    "counts-itself",
    "shows-itself",
    "misses-first",
    "misses-last",
    "one-line",
    "splits-blanks",
    "drops-empty",
    "no-heading",
    "no-count",
    "dies-without",
)
arguments = start(FAULTS, "[<argument> ...]", 0)
if broken("counts-itself"):
    count = len(arguments) + 1
else:
    count = len(arguments)
if broken("shows-itself"):
    arguments.insert(0, sys.argv[0])
if broken("misses-first"):
    arguments = arguments[1:]
if broken("misses-last"):
    arguments = arguments[:-1]
if broken("splits-blanks"):
    arguments = " ".join(arguments).split(" ")
if broken("drops-empty"):
    arguments = [argument for argument in arguments if argument]
if broken("dies-without"):
    arguments[0]

if not broken("no-heading"):
    print("Testing ... ")
if not broken("no-count"):
    print("Number of arguments: ", count)
print("Argument list: ")
if broken("one-line"):
    print(*arguments)
else:
    for argument in arguments:
        print(argument)
