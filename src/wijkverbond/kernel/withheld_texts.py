"""Taking free texts of entries out of the journal for a while; the digests in the leaves stay."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from wijkverbond.kernel.models import Entry, EntryText


class WithheldText(TypedDict):
    """A text as it stood in the journal: which field of which entry, and its salt in hexadecimal."""

    entry: int
    field: str
    salt: str
    text: str


def withhold(entries: Iterable[Entry], field: str) -> list[WithheldText]:
    """Take this text out of these entries; what comes back can be stored as JSON, and released."""
    texts = EntryText.objects.filter(entry__in=entries, field=field)
    withheld: list[WithheldText] = [
        {
            "entry": text.entry_id,
            "field": text.field,
            "salt": bytes(text.salt).hex(),
            "text": text.text,
        }
        for text in texts
    ]
    texts.delete()
    return withheld


def release(withheld: Sequence[WithheldText]) -> None:
    """Put texts that were withheld back where they stood, with their salts."""
    EntryText.objects.bulk_create(
        EntryText(
            entry_id=text["entry"],
            field=text["field"],
            salt=bytes.fromhex(text["salt"]),
            text=text["text"],
        )
        for text in withheld
    )
