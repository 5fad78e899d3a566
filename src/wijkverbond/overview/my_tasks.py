"""What asks something of somebody's partners, by when, the most urgent first.

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
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import PartyRows, Reader, Task, TaskType, Urgency
from wijkverbond.kernel.registry import TASK_TYPES

NEAR = dt.timedelta(days=7)
SOON = dt.timedelta(days=28)
ORDER: tuple[Urgency, ...] = ("now", "soon", "later")
LEVELS: dict[Urgency, str] = {"now": "absent", "soon": "emerging", "later": "info"}
ALIAS = "task_rows_"


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartnerTask:
    """A task of one of the reader's partners, with its page and how soon it is asked."""

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
class PartnerRecord:
    """A pledge or a request of one of the reader's partners, with its page and how it stands."""

    party: Party
    title: str
    url: str
    level: str
    state: str
    more: str


@dataclasses.dataclass(frozen=True)
class MyTasks:
    """Everything on the page."""

    tasks: list[PartnerTask]
    requests: list[PartnerRecord]
    pledges: list[PartnerRecord]
    parties: list[Party]


@dataclasses.dataclass(frozen=True)
class _Partner:
    """A party for which the reader acts, as which actor, with what waits for it."""

    party: Party
    actor: Actor

    def rows(self, declared: PartyRows[Any]) -> list[Any]:
        """The rows of a declaration for this party."""
        return declared.read(getattr(self.party, ALIAS + declared.name))


def my_tasks(person: uuid.UUID, now: dt.datetime) -> MyTasks:
    """What waits for this person, in two queries for any number of partners and records."""
    partners = _partners(Reader(person, now))
    tasks = list(_each_once(partners))
    tasks.sort(key=lambda task: (ORDER.index(task.urgency), task.due or dt.date.max, task.title))
    return MyTasks(
        tasks=tasks,
        requests=[record for partner in partners for record in _own_requests(partner)],
        pledges=[record for partner in partners for record in _own_pledges(partner)],
        parties=[partner.party for partner in partners],
    )


def _partners(reader: Reader) -> list[_Partner]:
    mandates: dict[uuid.UUID, set[str]] = {}
    valid_mandates = Mandate.objects.valid(reader.now).present().filter(person=reader.person)
    for party, mandate in valid_mandates.values_list("party", "sort"):
        mandates.setdefault(party, set()).add(mandate)
    task_rows = {
        ALIAS + task_type.rows.name: task_type.rows.subquery(reader) for task_type in TASK_TYPES
    }
    parties = (
        Party.objects.filter(id__in=mandates)
        .select_related("organisation", "coalition")
        .annotate(**task_rows)
        .order_by("coalition__name", "joined_at", "id")
    )
    return [
        _Partner(party, party_actor(party, reader.person, mandates[party.id], reader.now))
        for party in parties
    ]


def _each_once(partners: Iterable[_Partner]) -> Iterator[PartnerTask]:
    """Every task; what can be done for any partner of a coalition is asked for one of them."""
    already_asked: set[tuple[str, str]] = set()
    for partner in partners:
        for task_type in TASK_TYPES:
            for task in task_type.asked_of(partner.actor, partner.rows(task_type.rows)):
                partner_task = _partner_task(task, task_type, partner)
                key = (partner_task.url, partner_task.title)
                if not task_type.shared or key not in already_asked:
                    already_asked.add(key)
                    yield partner_task


def _partner_task(task: Task[Any], task_type: TaskType[Any], partner: _Partner) -> PartnerTask:
    urgency, when = _term(task, partner.actor.today)
    return PartnerTask(
        party=partner.party,
        title=task.title,
        why=task.why,
        action=task.button,
        url=task_type.url(partner.party.coalition.slug, task.about),
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


def _own_requests(partner: _Partner) -> Iterator[PartnerRecord]:
    rows = partner.rows(requests.REQUESTS)
    for record in requests.own_records(rows, partner.party.id, partner.actor.today):
        yield _partner_record(record, partner.party)


def _own_pledges(partner: _Partner) -> Iterator[PartnerRecord]:
    for record in pledges.own_records(partner.rows(pledges.PLEDGES), partner.actor.today):
        yield _partner_record(record, partner.party)


def _partner_record(record: OwnRecord, party: Party) -> PartnerRecord:
    return PartnerRecord(
        party=party,
        title=record.title,
        url=reverse(record.address, args=[party.coalition.slug, record.id]),
        level=record.level,
        state=record.state,
        more=record.more,
    )
