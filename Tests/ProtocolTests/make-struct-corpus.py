#!/usr/bin/env python3
"""Writes StructCorpus.swift: the results of Python's struct for many layouts and values.

    python3 make-struct-corpus.py > StructCorpus.swift

A case is a line: a verb, the format, and the verb's parameters, separated by bars.

    both   <format>|<size>|<values>|<bytes>   packs to the bytes, and they unpack to the values
    pack   <format>|<size>|<values>|<bytes>   packs to the bytes; unpacking gives other values
    refuse <format>|<values>                  cannot be packed
    bad    <format>                           is no format

Values are i<decimal>, f<bits of the double in hex>, t1 or t0, and y<bytes in hex>.
"""

import random
import struct

CHANCE = random.Random(212)
INTEGERS = "bBhHiIlLqQ"
CODES = "xcbB?hHiIlLqQfds"
PREFIXES = ["", "@", "=", "<", ">", "!"]
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.15625, 2.0**-149, -(2.0**-126), 3.4028234663852886e38,
          16777216.0, float("inf"), float("-inf")]
DOUBLES = FLOATS + [0.1, -1e300, 5e-324, 1.7976931348623157e308, 1 / 3]
lines = []


def bounds(code, prefix):
    bits = 8 * struct.calcsize((prefix or "@") + code)
    return (0, 2**bits - 1) if code.isupper() else (-(2**(bits - 1)), 2**(bits - 1) - 1)


def shown(value):
    if isinstance(value, bool):
        return f"t{int(value)}"
    if isinstance(value, int):
        return f"i{value}"
    if isinstance(value, float):
        return "f" + struct.pack(">d", value).hex()
    return "y" + value.hex()


def shown_all(values):
    return " ".join(map(shown, values))


def add(form, values):
    packed = struct.pack(form, *values)
    same = shown_all(struct.unpack(form, packed)) == shown_all(values)
    verb = "both" if same else "pack"
    line = f"{verb} {form}|{struct.calcsize(form)}|{shown_all(values)}|{packed.hex()}"
    if len(line) <= 90:
        lines.append(line)


def refuse(form, values):
    try:
        struct.pack(form, *values)
    except (struct.error, OverflowError):
        lines.append(f"refuse {form}|{shown_all(values)}")
        return
    raise AssertionError(f"Python packs {form} {values}")


def bad(form):
    try:
        struct.calcsize(form)
    except struct.error:
        lines.append(f"bad {form}")
        return
    raise AssertionError(f"Python reads {form}")


def any_value(code, prefix, length):
    if code in INTEGERS:
        low, high = bounds(code, prefix)
        return CHANCE.choice([low, high, 0, 1, CHANCE.randint(low, high)])
    if code == "f":
        return CHANCE.choice(FLOATS)
    if code == "d":
        return CHANCE.choice(DOUBLES)
    if code == "?":
        return CHANCE.random() < 0.5
    return CHANCE.randbytes(1 if code == "c" else length)


def any_layout():
    """A format of up to four items with values for it."""
    prefix = CHANCE.choice(PREFIXES)
    form, values = prefix, []
    for _ in range(CHANCE.randint(1, 4)):
        code = CHANCE.choice(CODES)
        count = CHANCE.choice([None, None, None, 0, 1, 2, 3])
        form += CHANCE.choice(["", " ", "  "]) if form != prefix else ""
        form += ("" if count is None else str(count)) + code
        count = 1 if count is None else count
        if code == "s":
            values.append(any_value(code, prefix, count))
        elif code != "x":
            values += [any_value(code, prefix, 1) for _ in range(count)]
    return form, values


def main():
    for prefix in PREFIXES:
        for code in INTEGERS:
            low, high = bounds(code, prefix)
            for value in (low, high, CHANCE.randint(low, high)):
                add(prefix + code, [value])
            refuse(prefix + code, [low - 1])
            refuse(prefix + code, [high + 1])
        for value in FLOATS:
            add(prefix + "f", [value])
        for value in DOUBLES:
            add(prefix + "d", [value])
        for code in CODES.replace("x", ""):
            add(prefix + "c" + code, [b"<", any_value(code, prefix, 1)])
            add(prefix + code + " c 0l", [any_value(code, prefix, 1), b"="])
    for value in (0.1, 1e-50, -1e-46, 16777217.0, 3.4028235e38, 1 / 3):
        add("<f", [value])
    add("f", [1e39])
    add("@f", [-1e300])
    for prefix in PREFIXES[2:]:
        refuse(prefix + "f", [1e39])
        refuse(prefix + "f", [-3.5e38])
    for form, values in [
        ("d", [16777217]), ("d", [2**63 - 1]), ("<d", [-(2**64 - 1)]), (">d", [2**53 + 1]),
        ("f", [2**24 + 1]), ("<f", [2**100]), ("d", [True]), ("i", [True]), ("?", [7]),
        ("?", [0]), ("?", [b""]), ("?", [b"x"]), ("?", [0.0]), ("4s", [b"ab"]),
        ("4s", [b"abcdef"]), ("0s", [b"abc"]), ("s", [b""]), ("3x", []), ("", []), ("<", []),
        ("c i", [b"<", 51]), ("i i 1s", [12, 30, b"+"]), ("!I", [4096]), ("!Q", [2**40]),
    ]:
        add(form, values)
    for form, values in [
        ("i", [1.0]), ("i", [b"1"]), ("i", []), ("i", [1, 2]), ("c", [b""]), ("c", [b"ab"]),
        ("c", [7]), ("4s", [7]), ("f", [b"1"]), ("d", [b"1"]), ("", [1]), ("3x", [0]),
        ("2i", [1]), ("4s", [b"a", b"b"]),
    ]:
        refuse(form, values)
    for form in ["z", "4 i", "i 4", "4", "i<i", " <i", "i @", "-1i", "1.5i", "ii,", "<>i", "C"]:
        bad(form)
    for _ in range(300):
        add(*any_layout())
    print("// Made by make-struct-corpus.py, where the notation is explained.")
    print('let structCorpus = """')
    for line in dict.fromkeys(lines):
        print("    " + line)
    print('    """')


main()
