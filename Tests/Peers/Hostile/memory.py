"""Takes memory without end, up to 1 GiB and a bit."""
import threading
import time

import guess

taken = []


def take():
    for _ in range(68):
        taken.append(b"x" * (16 << 20))
    time.sleep(guess.LIFE)


threading.Thread(target=take, daemon=True).start()
guess.serve()
