"""Ports of this machine."""

import contextlib
import http.client
import os
import socket
from collections.abc import Iterator

from wijkverbond.config.launch.processes import Failure, Misuse, say

LAST = 65535


def wanted_port() -> int:
    """The port that PORT asks for, 8000 by default."""
    value = os.environ.get("PORT", "8000")
    if not value.isdecimal() or not 0 < int(value) <= LAST:
        raise Misuse(f"PORT={value} is not a port: a number from 1 to {LAST}.")
    return int(value)


def _reserve(host: str, port: int) -> socket.socket | None:
    """Keep a port from other launchers, without listening; nothing when it is taken.

    The server shares the port with this socket (SO_REUSEPORT, same user); a second launcher's first
    attempt, which does not share, finds it taken.
    """
    with contextlib.suppress(OSError):
        with socket.create_server((host, port)):
            pass
        reservation = socket.socket()
        reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reservation.bind((host, port))
        return reservation
    return None


@contextlib.contextmanager
def reserved(host: str, port: int, *, or_next: bool) -> Iterator[int]:
    """A free port for as long as the block lasts: this one, or the first free one after it."""
    for candidate in range(port, min(port + 100, LAST) + 1 if or_next else port + 1):
        reservation = _reserve(host, candidate)
        if reservation is not None:
            break
    else:
        what = f"Port {port} of {host} cannot be used: it is taken, or not for us."
        raise Failure(f"{what} PORT and WIJKVERBOND_LISTEN choose another.")
    if candidate != port:
        say(f"port {port} is taken; using {candidate}")
    with reservation:
        yield candidate


def status(host: str, port: int, *, name: str) -> int | None:
    """How the site there, called by `name`, answers who asks for its start page; nothing when it does not."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    with (
        contextlib.closing(connection),
        contextlib.suppress(OSError, http.client.HTTPException),
    ):
        connection.request("GET", "/", headers={"Host": name})
        return connection.getresponse().status
    return None
