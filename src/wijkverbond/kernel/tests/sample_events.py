"""Events that only the kernel's own tests record."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from django.db import models

from wijkverbond.kernel.events import Event, Text, event


class Colour(models.TextChoices):
    """Codes with a label."""

    RED = "red", "Red"
    GREEN = "green", "Green"


@event("sample.everything_happened", "%(who)s said %(said)s")
class EverythingHappened(Event):
    """One fact of every type."""

    thing: uuid.UUID
    colour: Colour
    indicator: str
    count: int
    share: Decimal
    on: dt.date
    until: dt.datetime
    said: Text
    parts: list[uuid.UUID]
    per_colour: Mapping[Colour, int]
    levels: tuple[Decimal, ...] = ()
    class_: Annotated[str, Colour] | None = None
    left_out: str | None = None


@event("sample.counted", "%(who)s counted to %(number)s")
class Counted(Event):
    """A small public event."""

    number: int


@event("sample.said", "%(who)s said: %(words)s")
class Said(Event):
    """A public event with free text, and a second one that may be left out."""

    words: Text
    more: Text | None = None


@event("sample.whispered", "%(who)s whispered: %(words)s", public=False, as_oneself=True)
class Whispered(Event):
    """An event that is not public."""

    words: Text
