"""The site as the launcher runs it: the server's worker processes end when the server does."""

import multiprocessing
import os
import signal

from wijkverbond.config.launch.processes import die_with_parent

server = multiprocessing.parent_process()
die_with_parent(server.pid if server and server.pid else os.getppid(), signal.SIGKILL)

from wijkverbond.config.wsgi import application  # noqa: E402  (slow; the server may end)

__all__ = ["application"]
