"""Reading the journal: what happened in a stream, with the texts that were not shredded."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from wijkverbond.kernel.models import Entry


def entries(stream: uuid.UUID, *, until: dt.datetime | None = None) -> QuerySet[Entry]:
    """The entries of a stream in order, up to and including a moment."""
    found = Entry.objects.filter(stream=stream).order_by("seq")
    return found.filter(at__lte=until) if until else found


def public_entries(stream: uuid.UUID) -> QuerySet[Entry]:
    """The entries that everyone may see, newest first, with their texts."""
    found = Entry.objects.filter(stream=stream, leaf__isnull=False)
    return found.order_by("-leaf").prefetch_related("texts")


def latest() -> int:
    """A number that grows with every entry of the installation."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
