"""Serves a site for a measurement, and asks it for as much as it can give."""

import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from wijkverbond.config.launch import environments, ports, processes, servers, system
from wijkverbond.config.launch.processes import Failure

LOAD = system.Part("wrk", ("wrk",))
HOST = "127.0.0.1"
WORKERS = 2
CONNECTIONS = 8
SECONDS = int(os.environ.get("SECONDS", "3"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))


@contextlib.contextmanager
def demonstration() -> Iterator[None]:
    """The demonstration's data and the files for browsers, as an installation serves them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WIJKVERBOND_STATIC_ROOT"] = folder
        seeding = {**os.environ, "WIJKVERBOND_DEMO": "1"}  # only while it is filled
        environments.prepare(seeding, "migrate", "static", "seed")
        yield


@contextlib.contextmanager
def serving(application: str, port: int, **more: str) -> Iterator[str]:
    """A site in two processes of eight threads; its address, from the moment that it answers.

    `more` are settings beside those of the environment.
    """
    command = servers.web(HOST, port, WORKERS, application)
    with processes.running(command, env={**os.environ, **more}, output=sys.stderr):
        processes.wait_until(
            lambda: ports.status(HOST, port, name="localhost") is not None,
            seconds=60,
            otherwise=lambda: f"{application} does not answer.",
        )
        yield f"http://{HOST}:{port}"


def per_second(url: str, script: Path | None = None) -> float:
    """Answers a second over eight connections; fails when one was no answer."""
    options: Sequence[str] = ["-s", str(script)] if script else []
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "30s", *options, url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise Failure(f"{url} did not answer well:\n{output}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    assert rate
    return float(rate.group(1))


def compared(*requests: tuple[str, Path | None]) -> list[float]:
    """The median of several rounds for each of these addresses, which are asked in turn."""
    for url, script in requests:
        per_second(url, script)  # the first answers are slower
    rates = [[per_second(url, script) for url, script in requests] for _ in range(ROUNDS)]
    return [statistics.median(rates_of_one) for rates_of_one in zip(*rates, strict=True)]
