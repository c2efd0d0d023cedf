"""Ports for the processes of a start on one machine."""

import contextlib
import secrets
import socket

FIRST, COUNT = 20_000, 10_000  # below those that systems give to outgoing connections (32768, 49152 and up)
_given: set[int] = set()


def free_port() -> int:
    """A port of this machine that nobody listens on and this process hasn't given out yet.

    Some time passes before the process that is to have it starts. A port that the system itself would choose (by
    binding to 0) may by then belong to an outgoing connection of anybody.
    """
    while True:
        port = FIRST + secrets.randbelow(COUNT)
        if port in _given:
            continue
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            _given.add(port)
            return port
