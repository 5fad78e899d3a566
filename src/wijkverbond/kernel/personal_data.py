"""Forgetting a person: what they said for themselves and the link to them go, the leaves stay."""

import datetime as dt
import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinatePeriodicDefer

from wijkverbond.kernel import rate_limits
from wijkverbond.kernel.events import DECLARED
from wijkverbond.kernel.models import (
    Cursor,
    Entry,
    EntryText,
    Head,
    LastBackup,
    Limit,
    SentForm,
    SiteDetails,
    Stream,
)
from wijkverbond.kernel.own_texts import said_as_oneself
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
)
from wijkverbond.kernel.retention import RETENTION, Retention

ONE_DAY = dt.timedelta(days=1)

# A fact is never a person and never a text (kernel.events).
classify(Entry, people=["person"], plain=["event", "party", "channel", "facts", "rests_on"])
classify(EntryText, free_text=["text"], plain=["field", "salt"])
classify(Stream, plain=["frontier"])
classify(Head, plain=["checkpoint"])
classify(Cursor, plain=["follower"])
classify(Limit, plain=["key"])
classify(LastBackup)
# Of an organisation, and public: its mailboxes are those of nobody alone.
classify(
    SiteDetails,
    plain=[
        "name",
        "organisation",
        "sender",
        "address",
        "email",
        "phone",
        "privacy_email",
        "data_place",
        "examined",
        "notice_email",
        "colour",
        "logo",
    ],
)
classify(SentForm, plain=["key", "contents", "outcome"])
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

RETENTION.declare(
    Retention(
        name="networks",
        title=_("How often something was done from one network, as a digest with a key"),
        fields=("kernel.limit.key",),
        kept=_("Until the window of the limit ends: an hour, or a day."),
        forget=rate_limits.delete_expired,
    )
)
RETENTION.declare(
    Retention(
        name="sent_forms",
        title=_("That a form was sent, as a digest with a key, so that it does its work once"),
        fields=("kernel.sentform.key", "kernel.sentform.contents"),
        kept=_("A day."),
        forget=lambda now: SentForm.objects.filter(sent_at__lte=now - ONE_DAY).delete(),
    )
)
# By a task of its own (`kernel.forget_jobs`): the worker's own tables are asked for in another way.
RETENTION.declare(
    Retention(
        name="jobs",
        title=_("What the worker did, and so to whom a mail went"),
        fields=("procrastinate.procrastinatejob.args",),
        kept=_("A week after it was done or given up."),
    )
)
