"""The front page of a coalition: what its records say, in one question to the database."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NotRequired, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.actions.models import FacilitationRequest, Judgement
from wijkverbond.actions.queries import pledges
from wijkverbond.breakthroughs import queries as breakthroughs
from wijkverbond.breakthroughs.models import Confirmation
from wijkverbond.coalition.models import SOCIETY_KINDS, Access, Coalition, Kind
from wijkverbond.commitments import terms
from wijkverbond.commitments.models import Covenant, Pledge, YearlyCheck
from wijkverbond.decisions.models import Decision
from wijkverbond.overview import stages
from wijkverbond.urgency.models import (
    Answer,
    Conversation,
    Participant,
    Reading,
    SharedUrgency,
    Statement,
)
from wijkverbond.urgency.reading_result import StatementResult

CARDS = 2
SEVERAL = 3
COMING = 5
BEHIND = ("emerging", "absent")
UNCERTAIN = ("leaning", "not_enough_data")


class QuestionFacts(TypedDict):
    """A question that is open, with how many people answered how many statements."""

    id: str
    question: str
    closes_at: str
    people: int | None
    sentences: int | None


class CovenantFacts(TypedDict):
    """The covenant in force or open for signing; `checks` are the yearly checks that were held."""

    id: str
    title: str
    state: str
    starts: str
    ends: str
    checks: list[str]


class ConfirmingParty(TypedDict):
    """A party that confirms a breakthrough."""

    name: str
    kind: str


class BreakthroughFacts(TypedDict):
    """The newest breakthrough that is established."""

    id: str
    title: str
    before: str
    after: str
    happened_on: str
    confirmed: list[ConfirmingParty]


class SentenceFacts(TypedDict):
    """A sentence; that of a shared urgency also says which, since when, and on what it rests."""

    text: str
    id: NotRequired[str]
    adopted_at: NotRequired[str]
    statements: NotRequired[list[str]]
    figures: NotRequired[dict[str, StatementResult] | None]


class PledgeFacts(TypedDict):
    """A pledge with what was last reported of it and how others judge that."""

    id: str
    what: str
    party: str
    kind: str
    paid: bool
    ends: str
    dues: list[str]
    reported: str | None
    about: str | None
    said: str | None
    judged: list[str]


class OpenDecision(TypedDict):
    """A proposal on which positions are taken."""

    id: str
    title: str
    closes_at: str


class OpenRequest(TypedDict):
    """A request that government has not answered."""

    id: str
    title: str
    due: str


class OtherCoalition(TypedDict):
    """A coalition that works in part of the same area."""

    slug: str
    name: str


class CoalitionRow(TypedDict):
    """What the one query annotates on the coalition, beside the counts of the stages."""

    question: QuestionFacts | None
    covenant: CovenantFacts | None
    statements: dict[str, StatementResult] | None
    hidden: list[uuid.UUID]
    urgencies: list[SentenceFacts]
    breakthrough: BreakthroughFacts | None
    pledge_facts: list[PledgeFacts]
    decisions_open: list[OpenDecision]
    requests_open: list[OpenRequest]
    overlap: list[OtherCoalition]


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A shared urgency, or a sentence that is not certain yet.

    `kinds` are those that agree, `tenths` how many in ten agree in the kind that agrees least,
    `unheard` the society kinds that were not heard.
    """

    facts: SentenceFacts
    kinds: list[str]
    tenths: int
    unheard: list[Kind]

    @property
    def since(self) -> dt.datetime | None:
        """When it was adopted."""
        at = self.facts.get("adopted_at")
        return dt.datetime.fromisoformat(at) if at else None


@dataclasses.dataclass(frozen=True)
class HomePledge:
    """A pledge and how it goes, in words."""

    facts: PledgeFacts
    until: dt.date
    how: pledges.PledgeStatus


@dataclasses.dataclass(frozen=True)
class ComingDay:
    """A day on which something happens, and its page."""

    on: dt.date
    text: str
    view: str
    id: str = ""


@dataclasses.dataclass(frozen=True)
class CoalitionHome:
    """Everything on the front page but the circle and the reading."""

    counts: stages.StageCounts
    question: QuestionFacts | None
    days: int
    agreed: list[Sentence]
    not_sure: Sentence | None
    breakthrough: BreakthroughFacts | None
    happened_on: dt.date | None
    confirmed: dict[str, list[str]]
    pledges: list[HomePledge]
    covenant: CovenantFacts | None
    coming: list[ComingDay]
    overlap: list[OtherCoalition]

    @property
    def covenant_term(self) -> tuple[dt.date, dt.date] | None:
        """From when until when the covenant holds."""
        if not self.covenant:
            return None
        return _day(self.covenant["starts"]), _day(self.covenant["ends"])


def coalition_home(coalition: Coalition, now: dt.datetime) -> CoalitionHome:
    """What the front page shows of a coalition today."""
    today = timezone.localdate(now)
    annotated = _annotated(coalition, now)
    row: CoalitionRow = vars(annotated)  # type: ignore[assignment]  # what `_annotated` adds
    question, covenant, breakthrough = row["question"], row["covenant"], row["breakthrough"]
    hidden = set(map(str, row["hidden"]))
    coming = sorted(_coming(row, today), key=lambda day: day.on)
    return CoalitionHome(
        counts=stages.counts(annotated),
        question=question,
        days=(_local_day(question["closes_at"]) - today).days if question else 0,
        agreed=[_agreed(urgency) for urgency in row["urgencies"]],
        not_sure=_not_sure(row["statements"] or {}, hidden),
        breakthrough=breakthrough,
        happened_on=_day(breakthrough["happened_on"]) if breakthrough else None,
        confirmed=_names_per_kind(breakthrough["confirmed"] if breakthrough else []),
        pledges=_one_each([_progress(pledge, today) for pledge in row["pledge_facts"]]),
        covenant=covenant,
        coming=coming[:COMING],
        overlap=row["overlap"],
    )


def _annotated(coalition: Coalition, now: dt.datetime) -> Coalition:
    coalitions = stages.with_counts(Coalition.objects.filter(id=coalition.id), now)
    return coalitions.annotate(
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
    published = Statement.objects.published().filter(conversation=OuterRef("id"))
    return (
        Conversation.objects.open_at(now)
        .filter(coalition=OuterRef("id"))
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
    checks = YearlyCheck.objects.filter(covenant=OuterRef("id")).order_by("due").values("due")
    return (
        Covenant.objects.running()
        .filter(coalition=OuterRef("id"))
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
    hidden = Statement.objects.hidden().filter(conversation__coalition=OuterRef("id"))
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
    judged = Judgement.objects.filter(
        check_in__pledge=OuterRef("id"), check_in__reported_at=OuterRef("reported_at")
    )
    standing = Pledge.objects.standing().filter(coalition=OuterRef("id"))
    reported = pledges.with_last_report(standing).annotate(
        judged=ArraySubquery(judged.values("verdict"))
    )
    return reported.order_by(F("reported_at").desc(nulls_last=True), "written_at").values_list(
        JSONObject(
            id="id",
            what="what",
            party="party__organisation__name",
            kind="party__organisation__kind",
            paid="party__organisation__paid",
            ends="ends",
            dues="due",
            reported="reported_at",
            about="report_is_about",
            said="reported",
            judged="judged",
        )
    )[: SEVERAL * 4]


def _decisions() -> QuerySet[Any]:
    open_now = Decision.objects.open().filter(coalition=OuterRef("id"))
    decision = JSONObject(id="id", title="title", closes_at="closes_at")
    return open_now.order_by("closes_at").values_list(decision)[:SEVERAL]


def _requests() -> QuerySet[Any]:
    waiting = FacilitationRequest.objects.waiting().filter(coalition=OuterRef("id"))
    request = JSONObject(id="id", title="title", due="due")
    return waiting.order_by("due").values_list(request)[: SEVERAL * 2]


def _overlap() -> QuerySet[Any]:
    others = Coalition.objects.filter(
        place_codes__overlap=OuterRef("place_codes"), access=Access.PUBLIC
    ).exclude(id=OuterRef("id"))
    return others.order_by("name").values_list(JSONObject(slug="slug", name="name"))[: SEVERAL * 2]


def _count(records: QuerySet[Any], owner: str) -> Subquery:
    counts = records.order_by().values(owner).annotate(number=Count("id")).values("number")
    return Subquery(counts, output_field=IntegerField())


def _agreed(urgency: SentenceFacts) -> Sentence:
    figures = urgency["figures"] or {}
    statements = [figures[key] for key in map(str, urgency["statements"]) if key in figures]
    return _sentence(urgency, statements)


def _not_sure(
    statements: Mapping[str, StatementResult], hidden: Collection[str]
) -> Sentence | None:
    """The sentence of the last reading that leans most; a kind may not have been heard."""
    uncertain = [
        statement
        for key, statement in statements.items()
        if statement["word"] in UNCERTAIN and key not in hidden
    ]
    if not uncertain:
        return None
    leaning_most = max(
        uncertain, key=lambda statement: (_share(statement, Kind.RESIDENTS), statement["text"])
    )
    return _sentence({"text": leaning_most["text"]}, [leaning_most])


def _sentence(facts: SentenceFacts, statements: list[StatementResult]) -> Sentence:
    shares = {
        kind: min((_share(statement, kind) for statement in statements), default=0.0)
        for kind in Kind
        if statements and all(kind in statement["kinds"] for statement in statements)
    }
    society = [share for kind, share in shares.items() if kind in SOCIETY_KINDS]
    unheard = [kind for kind in SOCIETY_KINDS if statements and kind not in shares]
    agreeing = [kind.value for kind, share in shares.items() if share >= 1 / 2]
    return Sentence(facts, agreeing, int(min(society, default=0.0) * 10), unheard)


def _share(statement: StatementResult, kind: Kind) -> float:
    figures = statement["kinds"].get(kind)
    if not figures:
        return 0.0
    return figures["agree"] / (figures["agree"] + figures["disagree"] + figures["passes"])


def _progress(pledge: PledgeFacts, today: dt.date) -> HomePledge:
    reported = [_local_day(pledge["reported"])] if pledge["reported"] else []
    reported += [_day(pledge["about"])] if pledge["about"] else []
    late = pledges.late_since(map(_day, pledge["dues"]), reported, today, paid=pledge["paid"])
    how = pledges.pledge_status(judged=pledge["judged"], reported=pledge["said"] or "", late=late)
    return HomePledge(pledge, _day(pledge["ends"]), how)


def _one_each(pledges: Iterable[HomePledge]) -> list[HomePledge]:
    """One of each partner, and first one of each way in which it goes."""
    by_party: dict[str, HomePledge] = {}
    for pledge in sorted(pledges, key=lambda pledge: pledge.how.level not in BEHIND):
        by_party.setdefault(pledge.facts["party"], pledge)
    different = {pledge.how: pledge for pledge in reversed(by_party.values())}
    rest = [pledge for pledge in by_party.values() if pledge not in different.values()]
    return [*different.values(), *rest][:SEVERAL]


def _coming(row: CoalitionRow, today: dt.date) -> list[ComingDay]:
    days = [*map(_of_decision, row["decisions_open"]), *map(_of_request, row["requests_open"])]
    if question := row["question"]:
        closes = _("The question “%(what)s” closes") % {"what": question["question"]}
        days.append(ComingDay(_local_day(question["closes_at"]), closes, "urgency:index"))
    if covenant := row["covenant"]:
        days += _of_covenant(covenant)
    return [day for day in days if day.on >= today]


def _of_decision(decision: OpenDecision) -> ComingDay:
    text = _("Decision: %(what)s") % {"what": decision["title"]}
    return ComingDay(_local_day(decision["closes_at"]), text, "decisions:page", decision["id"])


def _of_request(request: OpenRequest) -> ComingDay:
    text = _("Answer of government due: %(what)s") % {"what": request["title"]}
    return ComingDay(_day(request["due"]), text, "actions:request", request["id"])


def _of_covenant(covenant: CovenantFacts) -> list[ComingDay]:
    starts, ends = _day(covenant["starts"]), _day(covenant["ends"])
    held = set(map(_day, covenant["checks"]))
    page = ("commitments:covenant", covenant["id"])
    return [
        ComingDay(ends, _("End of the covenant"), *page),
        *(
            ComingDay(day, _("We look back on the year together"), *page)
            for day in terms.checks(starts, ends)
            if day not in held
        ),
    ]


def _names_per_kind(parties: Iterable[ConfirmingParty]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {kind.value: [] for kind in Kind}
    for party in parties:
        names[party["kind"]].append(party["name"])
    return {kind: of_kind for kind, of_kind in names.items() if of_kind}


def _day(iso_date: str) -> dt.date:
    return dt.date.fromisoformat(iso_date)


def _local_day(iso_moment: str) -> dt.date:
    return timezone.localdate(dt.datetime.fromisoformat(iso_moment))
