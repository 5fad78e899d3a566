"""What the pages of the register need to know."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import overload

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.translation import gettext as _

from wijkverbond.kernel import entry_text, journal, journal_queries, merkle
from wijkverbond.kernel.entry_text import Lost
from wijkverbond.kernel.events import DECLARED, Text
from wijkverbond.kernel.models import Entry, Head, Stream
from wijkverbond.kernel.registry import STREAM_TYPES, PartyName, StreamOwner, StreamType

PER_PAGE = 20


@dataclasses.dataclass(frozen=True)
class RegisterLine:
    """An entry as its page shows it. `number` counts from 1; `texts` are its free texts."""

    number: int
    at: dt.datetime
    occurred_at: dt.datetime | None
    words: str
    party: PartyName | None
    leaf: str
    digest: str
    texts: Sequence[tuple[str, Text | Lost]]


@dataclasses.dataclass(frozen=True)
class Seal:
    """A signed head as its page shows it."""

    owner: StreamOwner
    size: int
    root: str
    checkpoint: str


def owners() -> StreamType:
    """Whose registers there are: those of coalitions."""
    return STREAM_TYPES["coalition"]


def size(owner: StreamOwner) -> int:
    """The number of entries in the register; also when nothing was ever recorded."""
    leaves = Stream.objects.filter(id=owner.id).values_list("leaves", flat=True).first()
    return leaves or 0


def seals(owners: Sequence[StreamOwner]) -> list[Seal]:
    """The last signed head of each owner, in the same order; an empty register has none."""
    streams = [owner.id for owner in owners]
    heads = Head.objects.filter(stream__in=streams, size=F("stream__leaves"))
    head_of = {head.stream_id: head for head in heads}
    return [_seal(owner, head_of[owner.id]) for owner in owners if owner.id in head_of]


def page(owner: StreamOwner, number: str | None) -> Page[RegisterLine]:
    """A page of the register, newest first; the nearest one when there is none of that number."""
    lines: Sequence[RegisterLine] = _NewestFirst(owner)
    return Paginator(lines, PER_PAGE).get_page(number)


class _NewestFirst(Sequence[RegisterLine]):
    """The entries of a register, newest first.

    Fetched by their place in the register: an offset would make the last page of a long one slow.
    """

    def __init__(self, owner: StreamOwner) -> None:
        self._owner = owner
        self._size = size(owner)

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, places: int) -> RegisterLine: ...
    @overload
    def __getitem__(self, places: slice) -> Sequence[RegisterLine]: ...

    def __getitem__(self, places: int | slice) -> RegisterLine | Sequence[RegisterLine]:
        """The entries of a slice; a paginator asks for nothing else."""
        assert isinstance(places, slice)
        start, stop, _step = places.indices(self._size)
        entries = journal_queries.public_entries(self._owner.id).filter(
            leaf__lt=self._size - start, leaf__gte=self._size - stop
        )
        return _lines(list(entries))


def _lines(entries: Sequence[Entry]) -> list[RegisterLine]:
    parties = named(entries)
    return [_line(entry, parties) for entry in entries]


def named(entries: Iterable[Entry]) -> Mapping[uuid.UUID, PartyName]:
    """The parties that the words of these entries name."""
    return owners().parties(entry_text.mentioned(entries))


def in_words(entry: Entry, parties: Mapping[uuid.UUID, PartyName]) -> str:
    """What an entry says, with the names of these parties."""
    party = parties.get(entry.party) if entry.party else None
    return entry_text.entry_text(
        entry,
        who=party.name if party else _("The coalition"),
        lost={
            Lost.GONE: _("(removed)"),
            Lost.REPLACED: _("(this text was replaced later, so it is not shown)"),
        },
        names={identity: party_name.name for identity, party_name in parties.items()},
    )


def _line(entry: Entry, parties: Mapping[uuid.UUID, PartyName]) -> RegisterLine:
    assert entry.leaf is not None
    party = parties.get(entry.party) if entry.party else None
    leaf = journal.canonical(journal.leaf(entry))
    return RegisterLine(
        number=entry.leaf + 1,
        at=entry.at,
        occurred_at=entry.occurred_at,
        words=in_words(entry, parties),
        party=party,
        leaf=leaf.decode(),
        digest=merkle.leaf_hash(leaf).hex(),
        texts=[*public_texts(entry).items()],
    )


def public_texts(entry: Entry) -> dict[str, Text | Lost]:
    """Every free text of an entry, by its field: with the salt that proves it, or why it is not shown.

    What the wording of the event leaves out, the register does not show.
    """
    declared = DECLARED.get(entry.event)
    shown = entry_text.placeholders(declared) if declared else set()
    return {
        field: Lost.NOT_SHOWN if isinstance(text, Text) and field not in shown else text
        for field, text in entry_text.texts(entry).items()
    }


def _seal(owner: StreamOwner, head: Head) -> Seal:
    return Seal(owner, head.size, head.checkpoint.split("\n")[2], head.checkpoint)
