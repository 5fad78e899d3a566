"""What the host says of the site: what it is called, whose it is, from which address it mails.

A setting goes before what was filled in in the browser. That is read anew every few seconds, by each
process, so that no page asks for it; while the database is away what was last read goes on.
"""

import time
from email.utils import formataddr

from django.conf import settings
from django.db import Error

from wijkverbond.kernel.models import SiteDetails

SECONDS = 5
DEFAULTS = {"name": "Wijkverbond", "sender": "wijkverbond@localhost"}

_kept: tuple[SiteDetails, float] | None = None


def name() -> str:
    """What the site is called."""
    return value("name")


def sender(address: str = "") -> str:
    """From whom the site's mails come: its name, and this address or its own."""
    return formataddr((name(), address or value("sender")))


def value(field: str) -> str:
    """What is said, or else what the software says by itself."""
    return said(field) or DEFAULTS.get(field, "")


def everything() -> dict[str, str]:
    """All that is said, by field."""
    return {field.name: value(field.name) for field in SiteDetails._meta.fields[1:]}


def said(field: str) -> str:
    """A setting, or else what was filled in; empty when nobody said anything."""
    return setting(field) or str(getattr(_filled_in(), field))


def setting(field: str) -> str:
    """What a setting says, which nobody can change in the browser; empty when none does."""
    given: str = settings.SITE.get(field, "")
    return given


def forget() -> None:
    """Read what was filled in anew: somebody just changed it."""
    global _kept
    _kept = None


def _filled_in() -> SiteDetails:
    global _kept
    kept, until = _kept or (SiteDetails(), 0.0)
    if time.monotonic() < until:
        return kept
    try:
        kept = SiteDetails.objects.first() or SiteDetails()
    except Error:  # the page says so, if it needs more than this
        return kept
    _kept = kept, time.monotonic() + SECONDS
    return kept
