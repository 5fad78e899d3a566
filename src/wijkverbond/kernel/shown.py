"""Who agrees, agrees to what they were shown, and to nothing else.

A page where somebody can agree to a record carries the text of it that it showed (`ui/shown.py`). The
service that records the answer compares it with what stands there now, once the record is locked.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Field, Model
from django.utils.formats import localize
from django.utils.text import capfirst


class Shown:
    """A record that people agree to, or judge: what a page shows of it before they do.

    Beside `models.Model`. What belongs to it is everything that an answer is about, and nothing that
    changes by answers of others.
    """

    pk: Any

    @property
    def shown_text(self) -> str:
        """What somebody agrees to, in full, for who reads it."""
        raise NotImplementedError

    @property
    def shown_as(self) -> str:
        """Of which record it is."""
        return f"{type(self).__name__}:{self.pk}"


class Changed(Exception):
    """What somebody was shown is not what stands there now. Nothing was recorded.

    `before` is what they were shown, empty when that is not known; `now` is what `record` says instead.
    """

    def __init__(self, before: str, record: Shown) -> None:
        super().__init__(record.shown_as)
        self.before, self.now, self.record = before, record.shown_text, record


def require_shown(shown: str | None, record: Shown) -> None:
    """Go on when this is what the record, which is locked, says now; else raise `Changed`.

    Who reads a record and acts on it in the same moment, as a program does, was `shown` nothing: None.
    """
    if shown is not None and shown != record.shown_text:
        raise Changed(shown, record)


def in_lines(*parts: object) -> str:
    """What is shown of a record, each part that says something on lines of its own."""
    return "\n\n".join(str(part) for part in parts if part not in (None, ""))


def filled_in(record: Model, *names: str) -> Iterator[str]:
    """Each of these fields that is filled in, after what it is called."""
    for name in names:
        field, in_words = record._meta.get_field(name), getattr(record, f"get_{name}_display", None)
        assert isinstance(field, Field)
        value = in_words() if in_words else getattr(record, name)
        if value not in (None, ""):
            yield f"{capfirst(field.verbose_name)}: {localize(value)}"
