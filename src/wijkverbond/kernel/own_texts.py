"""Whose the texts of the journal are: of a person, of a party, or of nobody alone."""

import uuid
from collections.abc import Collection

from django.db.models import Q, QuerySet

from wijkverbond.kernel.events import DECLARED
from wijkverbond.kernel.models import EntryText


def said_as_oneself(person: uuid.UUID) -> QuerySet[EntryText]:
    """What a person said for themselves. What they wrote for a party is the party's."""
    personal = [name for name, declared in DECLARED.items() if declared.as_oneself]
    texts = EntryText.objects.filter(entry__person=person, entry__party=None)
    return texts.filter(entry__event__in=personal)


def said_by(parties: Collection[uuid.UUID]) -> QuerySet[EntryText]:
    """The own words of these parties, also where somebody entered them for a party."""
    entered = Q(entry__party=None, entry__facts__party__in=[*map(str, parties)])
    texts = EntryText.objects.filter(Q(entry__party__in=parties) | entered)
    for name, declared in DECLARED.items():
        if declared.not_own:
            texts = texts.exclude(entry__event=name, field__in=declared.not_own)
    return texts
