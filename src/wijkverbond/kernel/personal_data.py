"""Forgetting a person: the texts they entered and the link to them go, the leaves stay."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.events import moment
from wijkverbond.kernel.models import Entry, EntryText
from wijkverbond.kernel.registry import PERSONAL_DATA, PersonalData


def _export(person: uuid.UUID) -> object:
    found = Entry.objects.filter(person=person).order_by("at").prefetch_related("texts")
    return [
        {
            "at": moment(entry.at),
            "event": entry.event,
            "facts": entry.facts,
            "texts": {text.field: text.text for text in entry.texts.all()},
        }
        for entry in found
    ]


def _erase(person: uuid.UUID) -> None:
    EntryText.objects.filter(entry__person=person).delete()
    Entry.objects.filter(person=person).update(person=None)


PERSONAL_DATA.declare(
    PersonalData(
        name="journal",
        title=_("What you did for a partner"),
        why=_("So that everyone can check what was agreed, and who of a partner agreed it."),
        kept=_("Until you have it erased. What the partner agreed stays, without your name."),
        models=("kernel.entry", "kernel.entrytext"),
        export=_export,
        erase=_erase,
    )
)
