"""What asks something of somebody's parties, by when, the most urgent first.

The capabilities declare what they ask; this page puts it together, in one query for everything.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wijkverbond.actions.my_tasks import pledges, requests
from wijkverbond.actions.my_tasks.own_records import OwnRecord
from wijkverbond.coalition.models import Mandate, Party
from wijkverbond.coalition.queries.actors import party_actor
from wijkverbond.coalition.queries.sides import barring_mandates, for_government
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import PartyRows, Reader, Task, TaskType, Urgency
from wijkverbond.kernel.registry import TASK_TYPES

NEAR = dt.timedelta(days=7)
SOON = dt.timedelta(days=28)
ORDER: tuple[Urgency, ...] = ("now", "soon", "later")
LEVELS: dict[Urgency, str] = {"now": "absent", "soon": "emerging", "later": "info"}
ALIAS = "task_rows_"


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyTask:
    """A task of one of the reader's parties, with its page and how soon it is asked."""

    party: Party
    title: str
    why: str
    action: str
    url: str
    due: dt.date | None
    urgency: Urgency
    when: str

    @property
    def level(self) -> str:
        """The level with which a page draws its term."""
        return LEVELS[self.urgency]


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyRecord:
    """A pledge or a request of one of the reader's parties, with its page and how it stands."""

    party: Party
    title: str
    url: str
    level: str
    state: str
    more: str


@dataclasses.dataclass(frozen=True)
class MyTasks:
    """Everything on the page."""

    tasks: list[PartyTask]
    requests: list[PartyRecord]
    pledges: list[PartyRecord]
    parties: list[Party]


@dataclasses.dataclass(frozen=True)
class _RepresentedParty:
    """A party for which the reader acts, as which actor, with what waits for it."""

    party: Party
    actor: Actor

    def rows(self, declared: PartyRows[Any]) -> list[Any]:
        """The rows of a declaration for this party."""
        return declared.read(getattr(self.party, ALIAS + declared.name))


def my_tasks(person: uuid.UUID, now: dt.datetime) -> MyTasks:
    """What waits for this person, in two queries for any number of parties and records."""
    represented_parties = _represented_parties(Reader(person, now))
    tasks = list(_each_once(represented_parties))
    tasks.sort(key=lambda task: (ORDER.index(task.urgency), task.due or dt.date.max, task.title))
    return MyTasks(
        tasks=tasks,
        requests=[
            record for represented in represented_parties for record in _own_requests(represented)
        ],
        pledges=[
            record for represented in represented_parties for record in _own_pledges(represented)
        ],
        parties=[represented.party for represented in represented_parties],
    )


def _represented_parties(reader: Reader) -> list[_RepresentedParty]:
    mandates: dict[uuid.UUID, set[str]] = {}
    valid_mandates = Mandate.objects.valid(reader.now).present().filter(person=reader.person)
    government = for_government(reader.person, reader.now)
    rows = list(valid_mandates.values_list("party", "sort", government))
    for party, mandate, _government in rows:
        mandates.setdefault(party, set()).add(mandate)
    both_sides = any(acts_for_government for _party, _mandate, acts_for_government in rows)
    task_rows = {
        ALIAS + task_type.rows.name: task_type.rows.subquery(reader) for task_type in TASK_TYPES
    }
    parties = (
        Party.objects.filter(id__in=mandates)
        .select_related("organisation", "coalition")
        .annotate(**task_rows)
        .order_by("coalition__name", "joined_at", "id")
    )
    barred = _barred(parties, reader) if both_sides else set()
    return [
        _RepresentedParty(
            party,
            party_actor(
                party,
                reader.person,
                mandates[party.id],
                reader.now,
                barred=party.coalition_id in barred,
            ),
        )
        for party in parties
    ]


def _barred(parties: Iterable[Party], reader: Reader) -> set[uuid.UUID]:
    """The coalitions in which the reader acts for no partner of society."""
    coalitions = {party.coalition for party in parties}
    barring = barring_mandates([reader.person], coalitions, reader.now)
    return {coalition for _person, coalition in barring}


def _each_once(represented_parties: Iterable[_RepresentedParty]) -> Iterator[PartyTask]:
    """Every task; what can be done for any party of a coalition is asked for one of them."""
    already_asked: set[tuple[str, str]] = set()
    for represented in represented_parties:
        for task_type in TASK_TYPES:
            for task in task_type.asked_of(represented.actor, represented.rows(task_type.rows)):
                party_task = _party_task(task, task_type, represented)
                key = (party_task.url, party_task.title)
                if not task_type.shared or key not in already_asked:
                    already_asked.add(key)
                    yield party_task


def _party_task(
    task: Task[Any], task_type: TaskType[Any], represented: _RepresentedParty
) -> PartyTask:
    urgency, when = _term(task, represented.actor.today)
    return PartyTask(
        party=represented.party,
        title=task.title,
        why=task.why,
        action=task.button,
        url=task_type.url(represented.party.coalition.slug, task.about),
        due=task.due,
        urgency=urgency,
        when=when,
    )


def _term(task: Task[Any], today: dt.date) -> tuple[Urgency, str]:
    """How soon a task is asked, and in words."""
    if task.due is None:
        return task.urgency, task.when or _("When you have time")
    left = task.due - today
    urgency: Urgency = "now" if left <= NEAR else "soon" if left <= SOON else "later"
    if not left:
        return urgency, _("Today")
    when = _("Was due on %(day)s") if left < dt.timedelta(0) else _("Before %(day)s")
    return urgency, when % {"day": date_format(task.due, "j F Y")}


def _own_requests(represented: _RepresentedParty) -> Iterator[PartyRecord]:
    rows = represented.rows(requests.REQUESTS)
    for record in requests.own_records(rows, represented.party.id, represented.actor.today):
        yield _party_record(record, represented.party)


def _own_pledges(represented: _RepresentedParty) -> Iterator[PartyRecord]:
    for record in pledges.own_records(represented.rows(pledges.PLEDGES), represented.actor.today):
        yield _party_record(record, represented.party)


def _party_record(record: OwnRecord, party: Party) -> PartyRecord:
    return PartyRecord(
        party=party,
        title=record.title,
        url=reverse(record.address, args=[party.coalition.slug, record.id]),
        level=record.level,
        state=record.state,
        more=record.more,
    )
