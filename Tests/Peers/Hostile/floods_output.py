"""Writes without end. Arguments: out|err lines|raw, then the address and port."""
import os
import sys
import threading

import guess

stream = 2 if sys.argv[1] == "err" else 1
line = b"x" * 1023 + (b"\n" if sys.argv[2] == "lines" else b"x")


def flood():
    while True:
        os.write(stream, line * 64)


threading.Thread(target=flood, daemon=True).start()
del sys.argv[1:3]
guess.serve()
