"""The front page of a coalition: what its records say, in one question to the database."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.actions.models import CheckIn, FacilitationRequest, Judgement
from wijkverbond.actions.queries import promises
from wijkverbond.breakthroughs import queries as breakthroughs
from wijkverbond.breakthroughs.models import Confirmation
from wijkverbond.coalition.models import SOCIETY_KINDS, Access, Coalition, Kind
from wijkverbond.commitments import terms
from wijkverbond.commitments.models import Covenant, Pledge, YearlyCheck
from wijkverbond.decisions.models import Decision, State
from wijkverbond.overview import stages
from wijkverbond.urgency.models import (
    Answer,
    Conversation,
    Participant,
    Reading,
    SharedUrgency,
    Statement,
)

CARDS = 2
SEVERAL = 3
COMING = 5
BEHIND = ("emerging", "absent")
UNCERTAIN = ("leaning", "not_enough_data")
Facts = Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A shared urgency, or a sentence that is not certain yet.

    `kinds` are those that agree, `tenths` how many in ten agree in the kind that agrees least,
    `unheard` the society kinds that were not heard.
    """

    facts: Facts
    kinds: list[str]
    tenths: int
    unheard: list[Kind]

    @property
    def since(self) -> dt.datetime | None:
        """When it was adopted."""
        at = self.facts.get("adopted_at")
        return dt.datetime.fromisoformat(at) if at else None


@dataclasses.dataclass(frozen=True)
class Promised:
    """A pledge and how it goes, in words."""

    facts: Facts
    until: dt.date
    how: promises.PledgeStatus


@dataclasses.dataclass(frozen=True)
class Coming:
    """A day on which something happens, and its page."""

    on: dt.date
    text: str
    view: str
    id: str = ""


@dataclasses.dataclass(frozen=True)
class CoalitionHome:
    """Everything on the front page but the circle and the reading."""

    counts: stages.Counts
    question: Facts | None
    days: int
    agreed: list[Sentence]
    not_sure: Sentence | None
    breakthrough: Facts | None
    happened_on: dt.date | None
    confirmed: dict[str, list[str]]
    pledges: list[Promised]
    covenant: Facts | None
    coming: list[Coming]
    overlap: list[Facts]

    @property
    def covenant_term(self) -> tuple[dt.date, dt.date] | None:
        """From when until when the covenant holds."""
        if not self.covenant:
            return None
        return _day(self.covenant["starts"]), _day(self.covenant["ends"])


def coalition_home(coalition: Coalition, now: dt.datetime) -> CoalitionHome:
    """What the front page shows of a coalition today."""
    today = timezone.localdate(now)
    row = _asked(coalition, now)
    found = vars(row)
    question, covenant, through = found["question"], found["covenant"], found["breakthrough"]
    return CoalitionHome(
        counts=stages.counts(row),
        question=question,
        days=(_local(question["closes_at"]) - today).days if question else 0,
        agreed=[_agreed(one) for one in found["urgencies"]],
        not_sure=_not_sure(found["statements"] or {}, set(map(str, found["hidden"]))),
        breakthrough=through,
        happened_on=_day(through["happened_on"]) if through else None,
        confirmed=_per_kind(through["confirmed"] if through else []),
        pledges=_one_each([_promised(one, today) for one in found["pledge_facts"]]),
        covenant=covenant,
        coming=sorted(_coming(found, today), key=lambda one: one.on)[:COMING],
        overlap=found["overlap"],
    )


def _asked(coalition: Coalition, now: dt.datetime) -> Coalition:
    rows = stages.counted(Coalition.objects.filter(id=coalition.id), now)
    return rows.annotate(
        question=Subquery(_question(now)),
        covenant=Subquery(_covenant()),
        statements=Subquery(_last_reading().values("result__statements")[:1]),
        hidden=ArraySubquery(_hidden()),
        urgencies=ArraySubquery(_urgencies()),
        breakthrough=Subquery(_breakthrough()),
        pledge_facts=ArraySubquery(_pledges()),
        decisions_open=ArraySubquery(_decisions()),
        requests_open=ArraySubquery(_requests()),
        overlap=ArraySubquery(_overlap()),
    ).get()


def _question(now: dt.datetime) -> QuerySet[Any]:
    answered = Participant.objects.filter(
        Exists(Answer.objects.filter(participant=OuterRef("id"))), conversation=OuterRef("id")
    )
    published = Statement.objects.filter(
        conversation=OuterRef("id"), state=Statement.State.PUBLISHED
    )
    return (
        Conversation.objects.filter(coalition=OuterRef("id"), closed_at=None)
        .filter(opens_at__lte=now, closes_at__gt=now)
        .order_by("-opens_at")
        .values_list(
            JSONObject(
                id="id",
                question="question",
                closes_at="closes_at",
                people=_count(answered, "conversation"),
                sentences=_count(published, "conversation"),
            )
        )[:1]
    )


def _covenant() -> QuerySet[Any]:
    states = (Covenant.State.IN_FORCE, Covenant.State.SIGNING)
    checks = YearlyCheck.objects.filter(covenant=OuterRef("id")).order_by("due").values("due")
    return (
        Covenant.objects.filter(coalition=OuterRef("id"), state__in=states)
        .order_by("state", "-number")
        .values_list(
            JSONObject(
                id="id",
                title="title",
                state="state",
                starts="starts",
                ends="ends",
                checks=ArraySubquery(checks),
            )
        )[:1]
    )


def _last_reading() -> QuerySet[Reading]:
    readings = Reading.objects.filter(conversation__coalition=OuterRef("id"))
    return readings.order_by(F("conversation__closed_at").desc(nulls_last=True), "-at")


def _hidden() -> QuerySet[Any]:
    """A reading keeps its sentences; those that were hidden since are told no more."""
    hidden = Statement.objects.filter(
        conversation__coalition=OuterRef("id"), state=Statement.State.HIDDEN
    )
    return hidden.order_by("id").values("id")


def _urgencies() -> QuerySet[Any]:
    through = SharedUrgency.statements.through.objects
    resting = through.filter(sharedurgency=OuterRef("id")).order_by("id").values("statement_id")
    adopted = SharedUrgency.objects.filter(
        coalition=OuterRef("id"), state=SharedUrgency.State.ADOPTED
    )
    return adopted.order_by("-adopted_at").values_list(
        JSONObject(
            id="id",
            text="sentence",
            adopted_at="adopted_at",
            statements=ArraySubquery(resting),
            figures="reading__result__statements",
        )
    )[:CARDS]


def _breakthrough() -> QuerySet[Any]:
    confirmed = Confirmation.objects.filter(breakthrough=OuterRef("id"), confirms=True)
    name = JSONObject(name="party__organisation__name", kind="party__organisation__kind")
    established = breakthroughs.established().filter(coalition=OuterRef("id"))
    return established.order_by("-happened_on", "-established_at").values_list(
        JSONObject(
            id="id",
            title="title",
            before="before",
            after="after",
            happened_on="happened_on",
            confirmed=ArraySubquery(confirmed.order_by("at").values_list(name)),
        )
    )[:1]


def _pledges() -> QuerySet[Any]:
    reported = CheckIn.objects.filter(pledge=OuterRef("id")).order_by("-reported_at")
    judged = Judgement.objects.filter(
        check_in__pledge=OuterRef("id"), check_in__reported_at=OuterRef("reported_at")
    )
    running = Pledge.objects.filter(coalition=OuterRef("id"), state__in=("offered", "in_covenant"))
    told = running.annotate(
        reported_at=Subquery(reported.values("reported_at")[:1]),
        said=Subquery(reported.values("verdict")[:1]),
        about=Subquery(reported.values("due")[:1]),
        judged=ArraySubquery(judged.values("verdict")),
    )
    return told.order_by(F("reported_at").desc(nulls_last=True), "written_at").values_list(
        JSONObject(
            id="id",
            what="what",
            party="party__organisation__name",
            kind="party__organisation__kind",
            paid="party__organisation__paid",
            ends="ends",
            dues="due",
            reported="reported_at",
            about="about",
            said="said",
            judged="judged",
        )
    )[: SEVERAL * 4]


def _decisions() -> QuerySet[Any]:
    open_now = Decision.objects.filter(coalition=OuterRef("id"), state=State.OPEN)
    row = JSONObject(id="id", title="title", closes_at="closes_at")
    return open_now.order_by("closes_at").values_list(row)[:SEVERAL]


def _requests() -> QuerySet[Any]:
    waiting = FacilitationRequest.objects.filter(
        coalition=OuterRef("id"), state__in=("asked", "acknowledged")
    )
    row = JSONObject(id="id", title="title", due="due")
    return waiting.order_by("due").values_list(row)[: SEVERAL * 2]


def _overlap() -> QuerySet[Any]:
    others = Coalition.objects.filter(
        place_codes__overlap=OuterRef("place_codes"), access=Access.PUBLIC
    ).exclude(id=OuterRef("id"))
    return others.order_by("name").values_list(JSONObject(slug="slug", name="name"))[: SEVERAL * 2]


def _count(rows: QuerySet[Any], owner: str) -> Subquery:
    counted = rows.order_by().values(owner).annotate(many=Count("id")).values("many")
    return Subquery(counted, output_field=IntegerField())


def _agreed(facts: Facts) -> Sentence:
    figures = facts["figures"] or {}
    rows = [figures[one] for one in map(str, facts["statements"]) if one in figures]
    return _sentence(facts, rows)


def _not_sure(statements: Facts, hidden: Collection[str]) -> Sentence | None:
    """The sentence of the last reading that leans most; a kind may not have been heard."""
    open_ends = [
        one for key, one in statements.items() if one["word"] in UNCERTAIN and key not in hidden
    ]
    if not open_ends:
        return None
    chosen = max(open_ends, key=lambda one: (_share(one, Kind.RESIDENTS), one["text"]))
    return _sentence({"text": chosen["text"]}, [chosen])


def _sentence(facts: Facts, rows: list[Facts]) -> Sentence:
    shares = {
        kind: min((_share(row, kind) for row in rows), default=0.0)
        for kind in Kind
        if rows and all(kind in row["kinds"] for row in rows)
    }
    society = [share for kind, share in shares.items() if kind in SOCIETY_KINDS]
    unheard = [kind for kind in SOCIETY_KINDS if rows and kind not in shares]
    agreeing = [kind.value for kind, share in shares.items() if share >= 1 / 2]
    return Sentence(facts, agreeing, int(min(society, default=0.0) * 10), unheard)


def _share(row: Facts, kind: Kind) -> float:
    shown = row["kinds"].get(kind)
    if not shown:
        return 0.0
    answers = shown["agree"] + shown["disagree"] + shown["passes"]
    share: float = shown["agree"] / answers
    return share


def _promised(facts: Facts, today: dt.date) -> Promised:
    told = [_local(facts["reported"])] if facts["reported"] else []
    told += [_day(facts["about"])] if facts["about"] else []
    late = promises.late_since(map(_day, facts["dues"]), told, today, paid=facts["paid"])
    how = promises.pledge_status(judged=facts["judged"], reported=facts["said"] or "", late=late)
    return Promised(facts, _day(facts["ends"]), how)


def _one_each(pledges: Iterable[Promised]) -> list[Promised]:
    """One of each partner, and first one of each way in which it goes."""
    theirs: dict[str, Promised] = {}
    for pledge in sorted(pledges, key=lambda one: one.how.level not in BEHIND):
        theirs.setdefault(pledge.facts["party"], pledge)
    different = {one.how: one for one in reversed(theirs.values())}
    rest = [one for one in theirs.values() if one not in different.values()]
    return [*different.values(), *rest][:SEVERAL]


def _coming(found: Facts, today: dt.date) -> list[Coming]:
    coming = [
        Coming(_local(one["closes_at"]), _("Decision: %(what)s") % {"what": one["title"]},
               "decisions:page", one["id"])
        for one in found["decisions_open"]
    ] + [
        Coming(_day(one["due"]), _("Answer of government due: %(what)s") % {"what": one["title"]},
               "actions:request", one["id"])
        for one in found["requests_open"]
    ]  # fmt: skip
    if question := found["question"]:
        closes = _("The question “%(what)s” closes") % {"what": question["question"]}
        coming.append(Coming(_local(question["closes_at"]), closes, "urgency:index"))
    if covenant := found["covenant"]:
        coming += _of_covenant(covenant)
    return [one for one in coming if one.on >= today]


def _of_covenant(covenant: Facts) -> list[Coming]:
    starts, ends = _day(covenant["starts"]), _day(covenant["ends"])
    held = set(map(_day, covenant["checks"]))
    page = ("commitments:covenant", covenant["id"])
    return [
        Coming(ends, _("End of the covenant"), *page),
        *(
            Coming(day, _("We look back on the year together"), *page)
            for day in terms.checks(starts, ends)
            if day not in held
        ),
    ]


def _per_kind(confirmed: Iterable[Facts]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {kind.value: [] for kind in Kind}
    for one in confirmed:
        named[one["kind"]].append(one["name"])
    return {kind: names for kind, names in named.items() if names}


def _day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def _local(written: str) -> dt.date:
    return timezone.localdate(dt.datetime.fromisoformat(written))
