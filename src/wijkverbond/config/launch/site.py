"""The site as the launcher runs it: the server's worker processes end when the server does."""

from wijkverbond.config.launch.processes import die_with_server

die_with_server()

# These take long; the server may end meanwhile.
from wijkverbond.config.launch.whole_requests import in_threads  # noqa: E402
from wijkverbond.config.wsgi import application as wsgi_application  # noqa: E402
from wijkverbond.kernel.database import patience  # noqa: E402

patience.is_limited = True
application = in_threads(wsgi_application)
