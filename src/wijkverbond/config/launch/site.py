"""The site as the launcher runs it: the server's worker processes end when the server does."""

from wijkverbond.config.launch.processes import die_with_server

die_with_server()

from wijkverbond.config.wsgi import application  # noqa: E402  (slow; the server may end)

__all__ = ["application"]
