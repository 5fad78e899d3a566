"""Forgetting a person: what they said for themselves and the link to them go, the leaves stay."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinatePeriodicDefer

from wijkverbond.kernel.events import DECLARED
from wijkverbond.kernel.models import Cursor, Entry, EntryText, Head, Limit, Stream
from wijkverbond.kernel.own_texts import said_as_oneself
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
)

# A fact is never a person and never a text (kernel.events).
classify(Entry, people=["person"], plain=["event", "party", "channel", "facts", "rests_on"])
classify(EntryText, free_text=["text"], plain=["field", "salt"])
classify(Stream, plain=["frontier"])
classify(Head, plain=["checkpoint"])
classify(Cursor, plain=["follower"])
classify(Limit, plain=["key"])
classify(ProcrastinatePeriodicDefer, plain=["task_name", "periodic_id"])


def _entries(person: uuid.UUID) -> QuerySet[Entry]:
    return Entry.objects.filter(person=person).order_by("at").prefetch_related("texts")


def _texts(entry: Entry) -> dict[str, str]:
    declared = DECLARED.get(entry.event)
    of_others = declared.not_own if declared else ()
    return {text.field: text.text for text in entry.texts.all() if text.field not in of_others}


ENTRIES = PersonalRows(
    model=Entry,
    of=_entries,
    shows={"at": "at", "event": "event", "facts": "facts", "texts": _texts},
)
TEXTS = PersonalRows(
    model=EntryText,
    of=said_as_oneself,
    deletes=True,
)

PERSONAL_DATA.declare(
    PersonalData(
        name="journal",
        title=_("What you did for a partner"),
        why=_("So that everyone can check what was agreed, and who of a partner agreed it."),
        kept=_(
            "Until you have it erased. What you wrote for the partner stays, without your name."
        ),
        rows=(TEXTS, ENTRIES),
        export=ENTRIES.export,
    )
)
