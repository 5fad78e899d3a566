"""The one place where the product asks what time it is."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, in UTC."""
    return timezone.now()
