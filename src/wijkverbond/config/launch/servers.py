"""The two programs of a site: the web server, with processes that it starts again, and the worker."""

import sys

from wijkverbond.config.launch.processes import Command

SECONDS_TO_BEGIN = 15
APPLICATION = "wijkverbond.config.launch.site:application"
WORKER: Command = [sys.executable, "-m", "django", "worker"]


def web(
    host: str,
    port: int,
    processes: int,
    application: str = APPLICATION,
    *,
    beginning: int = SECONDS_TO_BEGIN,
) -> Command:
    """The web server. On SIGHUP it replaces its processes one by one, and refuses nobody meanwhile.

    A new process gets `beginning` seconds to begin before the old one ends.
    """
    options = {
        "interface": "asginl",
        "http": "1",
        "host": host,
        "port": port,
        "workers": processes,
        "workers-kill-timeout": 5,
        "respawn-interval": beginning,
        "http1-header-read-timeout": 10_000,  # milliseconds
        "log-level": "error",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [
        *(sys.executable, "-m", "granian", "--no-ws", "--respawn-failed-workers"),
        *flags,
        application,
    ]
