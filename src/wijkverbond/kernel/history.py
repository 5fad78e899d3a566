"""Reading the journal: what happened in a stream, with the texts that were not shredded."""

import datetime as dt
import uuid

from django.db.models import Prefetch, QuerySet

from wijkverbond.kernel.events import DECLARED
from wijkverbond.kernel.models import Entry, EntryText


def entries(stream: uuid.UUID, *, until: dt.datetime | None = None) -> QuerySet[Entry]:
    """The entries of a stream in order, up to and including a moment."""
    found = Entry.objects.filter(stream=stream).order_by("seq")
    return found.filter(at__lte=until) if until else found


def public_entries(stream: uuid.UUID) -> QuerySet[Entry]:
    """The entries that everyone may see, newest first, with their texts."""
    texts = Prefetch("texts", EntryText.objects.all())
    return (
        Entry.objects.filter(stream=stream, leaf__isnull=False)
        .order_by("-seq")
        .prefetch_related(texts)
    )


def wording(entry: Entry, *, who: str, gone: str) -> str:
    """What the entry says, in the reader's language.

    `who` is the acting party's name; a shredded text reads as `gone`.
    """
    declared = DECLARED[entry.event]
    facts = {key: gone if _is_digest(value) else value for key, value in entry.facts.items()}
    texts = {text.field: text.text for text in entry.texts.all()}
    return str(declared.wording) % {**facts, **texts, "who": who}


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and value.startswith("sha256:")
