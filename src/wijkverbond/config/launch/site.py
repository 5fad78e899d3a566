"""The site as the launcher runs it: each of the server's worker processes ends when the server does."""

import os
import signal

from wijkverbond.config.launch.processes import die_with_parent

die_with_parent(os.getppid(), signal.SIGKILL)

from wijkverbond.config.wsgi import application  # noqa: E402  (a slow import, during which the parent may end)

__all__ = ["application"]
