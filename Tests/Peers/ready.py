"""The tests' only demand on a student's server: to tell where it listens, and to end with its stdin.

All other code in this folder is as a student writes it after reading the sheet, and naive on
purpose: one recv for a message, no line ends, no loop around recv. Do not repair it.
"""
import os
import sys
import threading


def listening(sock):
    host, port = sock.getsockname()[:2]
    print("listening on %s:%d" % (host, port), file=sys.stderr, flush=True)
    threading.Thread(target=end_with_stdin, daemon=True).start()


def end_with_stdin():
    while os.read(0, 1024):
        pass
    os._exit(0)
