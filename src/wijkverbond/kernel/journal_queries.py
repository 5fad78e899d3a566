"""Reading the journal: what happened in a stream, with the texts that were not shredded."""

import datetime as dt
import uuid

from django.db.models import QuerySet, Sum

from wijkverbond.kernel.models import Entry

OVERTAKEN_AT_MOST = 500


def entries(stream: uuid.UUID, *, until: dt.datetime | None = None) -> QuerySet[Entry]:
    """The entries of a stream in order, up to and including a moment."""
    in_order = Entry.objects.filter(stream=stream).order_by("seq")
    return in_order.filter(at__lte=until) if until else in_order


def public_entries(stream: uuid.UUID) -> QuerySet[Entry]:
    """The entries that everyone may see, newest first, with their texts."""
    public = Entry.objects.filter(stream=stream, leaf__isnull=False)
    return public.order_by("-leaf").prefetch_related("texts")


def latest() -> int:
    """A number that grows with every entry that is committed, in whatever order that happens.

    Entries of two streams can be committed in another order than they were numbered, so the newest
    number alone would miss one that was overtaken.
    """
    newest = Entry.objects.order_by("-pk").values("pk")[:OVERTAKEN_AT_MOST]
    return newest.aggregate(total=Sum("pk"))["total"] or 0
