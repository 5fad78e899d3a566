"""My work: what asks something of me, for which partner, by when; the most urgent first."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkverbond.actions.queries import promises
from wijkverbond.coalition.models import Kind, Mandate, Party
from wijkverbond.commitments import queries as commitments
from wijkverbond.kernel.actor import MandateType as MandateSort
from wijkverbond.overview import waiting

NEAR = dt.timedelta(days=7)
SOON = dt.timedelta(days=28)
ORDER = ("now", "soon", "later")
LEVELS = {"now": "absent", "soon": "emerging", "later": "info"}
Facts = Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Task:
    """Something that asks for one of my partners."""

    party: Party
    title: str
    why: str
    action: str
    url: str
    on: dt.date | None = None
    urgency: str = "later"
    when: str = ""

    @property
    def level(self) -> str:
        """The level with which a page draws its term."""
        return LEVELS[self.urgency]


@dataclasses.dataclass(frozen=True)
class Row:
    """A pledge of ours or a request of ours, with how it stands."""

    party: Party
    title: str
    url: str
    level: str
    state: str
    more: str


@dataclasses.dataclass(frozen=True)
class Work:
    """Everything on the page."""

    tasks: list[Task]
    requests: list[Row]
    pledges: list[Row]
    parties: list[Party]


@dataclasses.dataclass(frozen=True)
class _For:
    """A partner with what waits for it, who pays it or is paid by it, what this person may, the day."""

    party: Party
    found: Facts
    tied: frozenset[str]
    may: frozenset[str]
    today: dt.date

    def url(self, view: str, *ids: object) -> str:
        """An address in the coalition of this partner."""
        return reverse(view, args=[self.party.coalition.slug, *ids])

    def asks(self, request: Facts) -> bool:
        """Whether a request is one of this partner's own."""
        return bool(request["asker_id"] == str(self.party.id))

    @property
    def society(self) -> bool:
        """Whether the partner is none of government."""
        return self.party.kind != Kind.GOVERNMENT

    @property
    def decides(self) -> bool:
        """Whether this person takes positions for it now."""
        return MandateSort.DECIDE in self.may and self.party.takes_positions

    @property
    def signs(self) -> bool:
        """Whether this person signs for it now."""
        return MandateSort.SIGN in self.may and self.party.takes_positions


def work(person: uuid.UUID, now: dt.datetime) -> Work:
    """What waits for this person, in three queries for any number of partners and records."""
    may: dict[uuid.UUID, set[str]] = {}
    held = Mandate.objects.valid(now).filter(person=person, party__left_at=None)
    for party, sort in held.values_list("party", "sort"):
        may.setdefault(party, set()).add(sort)
    today = timezone.localdate(now)
    ties = commitments.money_ties(may)
    for_each = [
        _For(
            party,
            _found(party),
            frozenset(map(str, ties[party.id])),
            frozenset(may[party.id]),
            today,
        )
        for party in waiting.parties(may, person, now)
    ]
    tasks = [_dated(task, today) for one in for_each for task in _tasks(one)]
    tasks.sort(key=lambda task: (ORDER.index(task.urgency), task.on or dt.date.max, task.title))
    return Work(
        tasks=_once(tasks),
        requests=[row for one in for_each for row in _asked(one)],
        pledges=[row for one in for_each for row in _promised(one)],
        parties=[one.party for one in for_each],
    )


def _found(party: Party) -> Facts:
    annotated = vars(party).items()
    return {name.removeprefix("for_"): rows for name, rows in annotated if name.startswith("for_")}


def _tasks(one: _For) -> Iterator[Task]:
    for found in _SORTS:
        yield from found(one)


def _once(tasks: list[Task]) -> list[Task]:
    """What may be done for any partner (reading, confirming mandates) is asked for one of them."""
    first: dict[tuple[str, str], Task] = {}
    shared = {"urgency:read_new", "insights:read_new", "coalition:to_confirm"}
    kept = []
    for task in tasks:
        key = (task.url, task.title)
        if key in first and any(task.url.endswith(_tail(view)) for view in shared):
            continue
        first[key] = task
        kept.append(task)
    return kept


def _tail(view: str) -> str:
    return reverse(view, args=["x"]).removeprefix("/w/x")


def _dated(task: Task, today: dt.date) -> Task:
    if task.on is None:
        when = task.when or _("When you have time")
        return dataclasses.replace(task, when=when)
    days = task.on - today
    urgency = "now" if days <= NEAR else "soon" if days <= SOON else "later"
    if days < dt.timedelta(0):
        when = _("Was due on %(day)s")
    else:
        when = _("Today") if not days else _("Before %(day)s")
    day = date_format(task.on, "j F Y")
    return dataclasses.replace(task, urgency=urgency, when=when % {"day": day} if days else when)


def _decisions(one: _For) -> Iterator[Task]:
    for found in one.found["decisions"] if one.decides else ():
        yield Task(one.party, found["title"], _("Your answer to this proposal is asked."),
                   _("Give your answer"), one.url("decisions:page", found["id"]),
                   _local(found["on"]))  # fmt: skip


def _objections(one: _For) -> Iterator[Task]:
    for found in one.found["objections"]:
        yield Task(one.party, _("Answer the objection to: %(what)s") % {"what": found["title"]},
                   _("%(party)s objects. Whoever objects gets an answer.") % {"party": found["by"]},
                   _("Answer"), one.url("decisions:reply", found["id"]), urgency="soon",
                   when=_("Waits for you"))  # fmt: skip


def _amendments(one: _For) -> Iterator[Task]:
    for found in one.found["amendments"]:
        yield Task(one.party, _("Say what came of a proposed change"),
                   _("%(whose)s proposes: “%(change)s”")
                   % {"whose": found["whose"], "change": Truncator(found["title"]).chars(120)},
                   _("Answer"), one.url("vision:settle", found["id"]),
                   dt.date.fromisoformat(found["on"]))  # fmt: skip


def _hidden(one: _For) -> Iterator[Task]:
    for found in one.found["hidden"] if one.society else ():
        yield Task(one.party, _("The host of the site has hidden a sentence"),
                   _("Ground: %(law)s") % {"law": found["law"]}, _("Review it"),
                   one.url("urgency:review", found["id"]), _local(found["on"]))  # fmt: skip


def _sentences(one: _For) -> Iterator[Task]:
    if one.found["sentences"] and one.society:
        yield Task(one.party, _("New sentences from the neighbourhood"),
                   _("Somebody wrote a sentence. Read it within two days."), _("Read them"),
                   one.url("urgency:read_new"), urgency="soon", when=_("Within two days"))  # fmt: skip


def _signals(one: _For) -> Iterator[Task]:
    if one.found["signals"] and one.society:
        yield Task(one.party, _("New signals from the neighbourhood"),
                   _("Somebody said what they see. Read it, so that it can be shown."),
                   _("Read them"), one.url("insights:read_new"), urgency="soon",
                   when=_("Within two days"))  # fmt: skip


def _covenants(one: _For) -> Iterator[Task]:
    for found in one.found["covenants"] if one.signs else ():
        yield Task(one.party, _("Sign: %(what)s") % {"what": found["title"]},
                   _("You have the mandate to sign for your organisation."), _("Read and sign"),
                   one.url("commitments:covenant", found["id"]), urgency="soon",
                   when=_("Open for signing"))  # fmt: skip


def _mandates(one: _For) -> Iterator[Task]:
    many = len(one.found["unconfirmed"])
    if many and one.society:
        title = ngettext(
            "Confirm that someone may sign", "Confirm that %(many)s people may sign", many
        )
        yield Task(one.party, title % {"many": many},
                   _("A second person confirms this, so that a signature holds."), _("Confirm"),
                   one.url("coalition:to_confirm"))  # fmt: skip


def _benefits(one: _For) -> Iterator[Task]:
    goals = one.found["benefits"]
    if goals and one.decides:
        title = ngettext(
            "Say what you gain by 1 goal", "Say what you gain by %(many)s goals", len(goals)
        )
        yield Task(one.party, title % {"many": len(goals)},
                   _("Who gains by a goal keeps working for it. First: “%(goal)s”.")
                   % {"goal": goals[0]["title"]}, _("Write or confirm it"),
                   one.url("vision:benefit", goals[0]["id"], one.party.id))  # fmt: skip


def _check_ins(one: _For) -> Iterator[Task]:
    for found in one.found["pledges_made"]:
        if due := _unreported(found, one.today):
            yield Task(one.party, _("Say how it goes: %(what)s") % {"what": found["title"]},
                       _("Is it behind? That may happen. Say why, then others can help."),
                       _("Say how it goes"), one.url("actions:check_in", found["id"]),
                       due)  # fmt: skip


def _actions(one: _For) -> Iterator[Task]:
    for found in one.found["actions"]:
        yield Task(one.party, _("Do this: %(what)s") % {"what": found["what"]},
                   _("You said that you would. Say so when it is done, or drop it with a reason."),
                   _("To the initiative"), one.url("actions:initiative", found["initiative"]),
                   dt.date.fromisoformat(found["on"]))  # fmt: skip


def _shortfalls(one: _For) -> Iterator[Task]:
    for found in one.found["pledges_made"]:
        if found["answer_by"]:
            yield Task(one.party, _("Tell what is going on: %(what)s") % {"what": found["title"]},
                       _("Another partner does not see it done. Only you read that until this day."),
                       _("Read and respond"), one.url("actions:check_ins", found["id"]),
                       dt.date.fromisoformat(found["answer_by"]))  # fmt: skip


def _judging(one: _For) -> Iterator[Task]:
    found = [each for each in one.found["check_ins"] if each["owner"] not in one.tied]
    if found:
        title = ngettext("Say whether 1 promise was done",
                         "Say whether %(many)s promises were done", len(found))  # fmt: skip
        yield Task(one.party, title % {"many": len(found)},
                   _("A promise counts as done when another partner says so."), _("Have a look"),
                   one.url("actions:check_ins", found[0]["pledge"]))  # fmt: skip


def _requests(one: _For) -> Iterator[Task]:
    for found in one.found["requests"]:
        page = one.url("actions:request", found["id"])
        if not one.asks(found) and found["state"] != "answered":
            yield Task(one.party, found["title"],
                       _("%(asker)s asks this. Everyone sees whether you answer in time.")
                       % {"asker": found["asker"]}, _("Answer"), page,
                       dt.date.fromisoformat(found["on"]))  # fmt: skip
        elif one.asks(found) and found["state"] == "answered":
            yield Task(one.party, _("Does this answer help? %(what)s") % {"what": found["title"]},
                       _("Government answered. You say whether it resolves your request."),
                       _("Read the answer"), page, urgency="soon", when=_("Answered"))  # fmt: skip


def _breakthroughs(one: _For) -> Iterator[Task]:
    for found in one.found["claimed"]:
        if one.tied & {found["claimant"], *found["worked"], *found["promised"]}:
            continue
        yield Task(one.party, _("Is this a breakthrough? %(what)s") % {"what": found["title"]},
                   _("Partners that did not work on it say whether it is so."), _("Have a look"),
                   one.url("breakthroughs:page", found["id"]))  # fmt: skip


def _urgencies(one: _For) -> Iterator[Task]:
    for found in one.found["urgencies"] if one.decides else ():
        yield Task(one.party, _("Do you share this urgency? %(what)s") % {"what": found["title"]},
                   _("Say by name that your organisation shares it."), _("Have a look"),
                   one.url("urgency:urgency", found["id"]))  # fmt: skip


def _hand_over(one: _For) -> Iterator[Task]:
    coalition = one.party.coalition
    open_still = coalition.hand_over_due and not coalition.handed_over_at
    if open_still and one.society and one.decides and not one.found["confirmed_chair"]:
        yield Task(one.party, _("Confirm your own chair and rules"),
                   _("Government started this coalition. The partners take it over."),
                   _("Have a look"), one.url("coalition:handover"),
                   coalition.hand_over_due)  # fmt: skip


_SORTS: tuple[Callable[[_For], Iterator[Task]], ...] = (
    _decisions, _objections, _amendments, _requests, _covenants, _check_ins, _hand_over, _hidden, _sentences, _signals, _mandates,
    _actions, _shortfalls, _judging, _breakthroughs, _urgencies, _benefits,
)  # fmt: skip


def _asked(one: _For) -> Iterator[Row]:
    for found in one.found["requests"]:
        if one.asks(found):
            due = dt.date.fromisoformat(found["on"])
            late = found["state"] != "answered" and due < one.today
            level = "absent" if late else "info" if found["state"] != "answered" else "present"
            state = {"answered": _("Answered"), "acknowledged": _("Received")}.get(
                found["state"], _("Asked")
            )
            yield Row(one.party, found["title"], one.url("actions:request", found["id"]), level,
                      _("Too late") if late else state,
                      _("To %(whom)s. Term: %(day)s")
                      % {"whom": found["addressee"], "day": date_format(due, "j F Y")})  # fmt: skip


def _promised(one: _For) -> Iterator[Row]:
    for found in one.found["pledges_made"]:
        due = _unreported(found, one.today)
        level = "emerging" if due else "present" if found["said"] == "kept" else "info"
        state = _("Asks for a message") if due else _("Up to date")
        until = date_format(dt.date.fromisoformat(found["until"]), "j F Y")
        more = _("Until %(day)s.") % {"day": until}
        if found["reported"]:
            last = date_format(_local(found["reported"]), "j F Y")
            more += " " + _("Last message: %(day)s.") % {"day": last}
        page = one.url("actions:check_ins", found["id"])
        yield Row(one.party, found["title"], page, level, state, more)


def _unreported(found: Facts, today: dt.date) -> dt.date | None:
    """The latest day on which something was due, when nothing was said since."""
    told = [_local(found["reported"])] if found["reported"] else []
    told += [dt.date.fromisoformat(found["about"])] if found["about"] else []
    return promises.open_due(map(dt.date.fromisoformat, found["dues"]), told, today)


def _local(written: str) -> dt.date:
    return timezone.localdate(dt.datetime.fromisoformat(written))
