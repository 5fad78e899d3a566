"""What the worker observes; nobody does it, so nothing of it is in the journal."""

import datetime as dt

from django.conf import settings

from wijkverbond.operations import certificates
from wijkverbond.operations.models import Observation


def observe(now: dt.datetime) -> None:
    """Look at what a page cannot wait for."""
    days = certificates.days_left(settings.SITE_ADDRESS, now)
    if days is not None:
        Observation.objects.update_or_create(
            subject=Observation.Subject.CERTIFICATE, defaults={"value": days, "at": now}
        )
