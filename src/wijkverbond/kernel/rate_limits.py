"""How often something may happen: counted in PostgreSQL, so that it holds over all processes.

Django's cache is not used for this: in memory it counts per process, and in the database its `incr`
reads and writes in two steps, so that requests at the same moment are counted once.
"""

import datetime as dt
import ipaddress

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from wijkverbond.kernel import clock
from wijkverbond.kernel.models import Limit

_COUNT = """
    INSERT INTO kernel_limit AS stored (key, used, ends_at) VALUES (%(key)s, 1, %(ends)s)
    ON CONFLICT (key) DO UPDATE SET
        used = CASE WHEN stored.ends_at <= %(now)s THEN 1 ELSE LEAST(stored.used, %(limit)s) + 1 END,
        ends_at = CASE WHEN stored.ends_at <= %(now)s THEN %(ends)s ELSE stored.ends_at END
    RETURNING used
"""


def allow(key: str, limit: int, window: dt.timedelta) -> bool:
    """Count one use of `key`; whether it is among the first `limit` of its window."""
    return uses(key, limit, window) <= limit


def uses(key: str, limit: int, window: dt.timedelta) -> int:
    """Count one use of `key`; the how manieth of its window it is, at most one more than `limit`.

    The window starts at the first use and ends `window` later, however many uses follow. Choose a
    key for one purpose ("sign-in:" + visitor). Only a keyed digest of it is stored. Call this before
    the transaction of the change: a rollback would forget the use.
    """
    now = clock.now()
    digest = salted_hmac("wijkverbond.kernel.rate_limits", key, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": digest, "now": now, "ends": now + window, "limit": limit})
        used: int = cursor.fetchone()[0]
    return used


def delete_expired(now: dt.datetime) -> None:
    """Delete the windows that have ended."""
    Limit.objects.filter(ends_at__lte=now).delete()


def visitor(request: HttpRequest) -> str:
    """Where a request comes from, as part of a key: its IPv4 address or its IPv6 network (/64).

    Behind proxies of our own (`TRUSTED_PROXIES`, how many) that is what the outermost of them saw.
    """
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part]
    hops = [*forwarded, request.META["REMOTE_ADDR"]]
    outermost = hops[-min(settings.TRUSTED_PROXIES + 1, len(hops))]
    try:
        address = ipaddress.ip_address(outermost.strip())
    except ValueError:
        return "unknown"
    prefix = 64 if address.version == 6 else 32
    return str(ipaddress.ip_network((address, prefix), strict=False))
