"""For how long the certificate is good that visitors of the site get."""

import datetime as dt
import socket
import ssl
from urllib.parse import urlsplit

SECONDS = 10
BROKEN = -1.0


def days_left(
    address: str, now: dt.datetime, context: ssl.SSLContext | None = None
) -> float | None:
    """Days until the certificate at an https address ends, -1 when browsers refuse it.

    None for another address, and when nobody answers there from here.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return None
    trusting = context or ssl.create_default_context()
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), timeout=SECONDS) as plain,
            trusting.wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            ends = ssl.cert_time_to_seconds(str((secure.getpeercert() or {})["notAfter"]))
    except ssl.SSLCertVerificationError:
        return BROKEN
    except OSError:
        return None
    return (dt.datetime.fromtimestamp(ends, dt.UTC) - now) / dt.timedelta(days=1)
