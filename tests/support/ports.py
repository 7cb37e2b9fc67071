"""Ports of this machine for servers that are told theirs before they have it."""

import random
import socket
from contextlib import suppress

BELOW = range(10_000, 32_000)
"""Below those that systems give to whoever asks for any: a server that takes seconds to start
still finds its port free, whatever is opened on the machine meanwhile."""


def free_port() -> int:
    """Return a port that nobody has, and that nobody gets who does not name it."""
    for port in random.sample(BELOW, 100):
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
