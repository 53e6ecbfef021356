"""Closes its standard streams, so that its sockets get their numbers: it prints to its clients."""
import os

import guess

os.closerange(0, 3)
guess.serve()
