"""Taking free texts of entries out of the journal for a while; the digests in the leaves stay."""

from collections.abc import Iterable

from wijkverbond.kernel.models import Entry, EntryText

Taken = list[dict[str, str | int]]


def withhold(entries: Iterable[Entry], field: str) -> Taken:
    """Take this text out of these entries; what comes back can be kept as JSON and given back."""
    found = EntryText.objects.filter(entry__in=entries, field=field)
    taken: Taken = [
        {
            "entry": text.entry_id,
            "field": text.field,
            "salt": bytes(text.salt).hex(),
            "text": text.text,
        }
        for text in found
    ]
    found.delete()
    return taken


def release(taken: Taken) -> None:
    """Put texts that were taken out back where they stood, with their salts."""
    EntryText.objects.bulk_create(
        EntryText(
            entry_id=one["entry"],
            field=one["field"],
            salt=bytes.fromhex(str(one["salt"])),
            text=str(one["text"]),
        )
        for one in taken
    )
