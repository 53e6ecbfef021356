# Programming 2, Run Functions as Threads: A and B count to 10 at the same time.
import random
import threading
import time

from robust import PROGRAM, broken, start, without

FAULTS = without(PROGRAM, "usage-zero") + (
    "one-thread",
    "one-after-another",
    "until-9",
    "until-11",
    "from-1",
    "same-name",
    "number-alone",
    "shared-count",
    "torn-lines",
    "never-ends",
)
arguments = start(FAULTS, "", 0)
lock = threading.Lock()
shared = [0]


def countFunction(name):
    count = 1 if broken("from-1") else 0
    last = 9 if broken("until-9") else 11 if broken("until-11") else 10
    while count <= last:
        with lock:
            number = count
            if broken("shared-count"):
                number = shared[0]
                shared[0] += 1
                if number > last:
                    return
            show(str(number) if broken("number-alone") else name + str(number))
        count += 1
        time.sleep(random.random())


def show(line):
    # print writes the line and its end apart, so another thread may get between them.
    print(line, end=" " if broken("torn-lines") else "\n", flush=True)


names = ["A", "A"] if broken("same-name") else ["A"] if broken("one-thread") else ["A", "B"]
threads = [threading.Thread(target=countFunction, args=(name,)) for name in names]
for thread in threads:
    thread.start()
    if broken("one-after-another"):
        thread.join()
for thread in threads:
    thread.join()
while broken("never-ends"):
    time.sleep(1)
