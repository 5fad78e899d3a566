"""What the pages of the register need to know."""

import dataclasses
import datetime as dt
import functools
import operator
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import overload

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.kernel import entry_text, journal, journal_queries, merkle, signing
from wijkverbond.kernel.entry_text import Lost
from wijkverbond.kernel.events import DECLARED, Text
from wijkverbond.kernel.models import INSTALLATION, Entry, Head, Stream
from wijkverbond.kernel.registry import STREAM_TYPES, PartyName, StreamOwner, StreamType
from wijkverbond.register import events

PER_PAGE = 20
KEY_CHANGES = (events.KeyRotated, events.KeyLost)
DAYS = 7


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


@dataclasses.dataclass(frozen=True)
class KeyChange:
    """An entry with which a register goes on with another key; the old one signed it, or was lost."""

    number: int
    at: dt.datetime
    is_signed_over: bool
    words: str
    new_key: str


@dataclasses.dataclass(frozen=True)
class DaySeal:
    """The last signed head of a day; `until` is the end of that day."""

    until: dt.datetime
    seal: Seal

    @property
    def day(self) -> dt.date:
        """The day itself."""
        return timezone.localdate(self.until) - dt.timedelta(days=1)


def key_difference() -> str | None:
    """Why nothing can be recorded with the key of the settings, and the ways out; None when it can.

    The settings hold no good key, or the newest head of some register is signed with another one.
    """
    try:
        signing.signer()
        sentences = (signing.difference(head.checkpoint) for head in newest_heads())
        return next((sentence for sentence in sentences if sentence), None)
    except signing.CannotSign as error:
        return str(error)


def newest_heads() -> QuerySet[Head]:
    """The last signed head of every register."""
    return Head.objects.filter(size=F("stream__leaves")).order_by("stream")


def known_keys() -> dict[str, str]:
    """The public keys that the site ever signed with, as far as it kept them, by the id in heads."""
    entries = Entry.objects.filter(stream=INSTALLATION, event=events.KeyFirstUsed.name)
    keys = [str(key) for key in entries.order_by("seq").values_list("facts__key", flat=True)]
    return {"+".join(key.split("+", 2)[:2]): key for key in keys}


def can_follow(owner: StreamOwner) -> bool:
    """Whether the key of the settings is the one that signed the last head of a register."""
    try:
        return not signing.difference(last_head(owner.id))
    except signing.CannotSign:
        return False


def site_keys() -> list[str]:
    """The public keys of the site, that of the newest head first; those of before when it kept them."""
    known, newest = known_keys(), Head.objects.order_by("id").last()
    now = known.get(merkle.key_id_of(newest.checkpoint)) if newest else None
    now = now or signing.signer().verifier_key
    return [now, *(key for key in reversed(known.values()) if key != now)]


def key_of(owner: StreamOwner) -> str | None:
    """The public key that signed the last head of a register, when the site kept it."""
    head = last_head(owner.id)
    return known_keys().get(merkle.key_id_of(head)) if head else None


def key_changes(owner: StreamOwner) -> list[KeyChange]:
    """Where a register went on with another key, oldest first."""
    names = [event.name for event in KEY_CHANGES]
    entries = Entry.objects.filter(stream=owner.id, event__in=names).order_by("leaf")
    return [
        KeyChange(
            number=entry.leaf + 1,
            at=entry.at,
            is_signed_over=entry.event == events.KeyRotated.name,
            words=in_words(entry, {}),
            new_key=entry.facts["new_key"],
        )
        for entry in entries.prefetch_related("texts")
        if entry.leaf is not None
    ]


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


def seal_of(owner: StreamOwner) -> Seal | None:
    """The last signed head of one register; an empty one has none."""
    return next(iter(seals([owner])), None)


def last_head(stream: uuid.UUID) -> str:
    """The text of the last signed head of a stream; nothing when nothing public happened in it."""
    head = Head.objects.filter(stream=stream, size=F("stream__leaves")).first()
    return head.checkpoint if head else ""


def seal_after(owner: StreamOwner, event: str, **facts: str) -> Seal | None:
    """The signed head of the moment at which this last happened, which covers it."""
    entries = journal_queries.public_entries(owner.id).filter(event=event, facts__contains=facts)
    size = Subquery(entries.prefetch_related(None).values("leaf")[:1]) + 1
    head = Head.objects.filter(stream=owner.id, size=size).first()
    return _seal(owner, head) if head else None


def daily_seals(owners: Sequence[StreamOwner], *, today: dt.date) -> list[DaySeal]:
    """The last head of each day on which something happened, of these registers, newest day first.

    Of the last days before today, which is not over.
    """
    ends = [_start(today - dt.timedelta(days=days)) for days in range(DAYS + 1)]
    streams = Stream.objects.filter(id__in=[owner.id for owner in owners])
    leaves_at = {f"leaf_{days}": _leaf_before(end) for days, end in enumerate(ends)}
    sizes = {
        stream.id: [stream_leaf + 1 if stream_leaf is not None else 0 for stream_leaf in leaves]
        for stream in streams.annotate(**leaves_at)
        for leaves in [[getattr(stream, name) for name in leaves_at]]
    }
    changed = [
        (end, owner, size)
        for days, end in enumerate(ends[:-1])
        for owner in owners
        if owner.id in sizes and (size := sizes[owner.id][days]) > sizes[owner.id][days + 1]
    ]
    wanted = [Q(stream=owner.id, size=size) for _, owner, size in changed]
    heads = Head.objects.filter(functools.reduce(operator.or_, wanted)) if wanted else []
    head_of = {(head.stream_id, head.size): head for head in heads}
    return [DaySeal(end, _seal(owner, head_of[owner.id, size])) for end, owner, size in changed]


def _start(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _leaf_before(moment: dt.datetime) -> Subquery:
    entries = Entry.objects.filter(stream=OuterRef("pk"), leaf__isnull=False, at__lt=moment)
    return Subquery(entries.order_by("-leaf").values("leaf")[:1])


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

    Only what the wording of the event names, or everyone reads on the page of the record.
    """
    declared = DECLARED.get(entry.event)
    shown = {*entry_text.placeholders(declared), *declared.also_read} if declared else set()
    return {
        field: Lost.NOT_SHOWN if isinstance(text, Text) and field not in shown else text
        for field, text in entry_text.texts(entry).items()
    }


def _seal(owner: StreamOwner, head: Head) -> Seal:
    return Seal(owner, head.size, head.checkpoint.split("\n")[2], head.checkpoint)
