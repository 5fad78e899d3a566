"""The front page of a coalition, from what its records say."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.actions.queries import pledges
from wijkverbond.analysis.digest import rounded
from wijkverbond.coalition.models import SOCIETY_KINDS, Coalition, Kind
from wijkverbond.commitments import terms
from wijkverbond.overview.coalition_home.facts import (
    BreakthroughFacts,
    CoalitionRow,
    ConfirmingParty,
    ConversationFacts,
    CovenantFacts,
    OpenDecision,
    OpenRequest,
    OtherCoalition,
    PledgeFacts,
    StatementFacts,
)
from wijkverbond.overview.coalition_home.query import SEVERAL, ask
from wijkverbond.overview.stages import StageCounts
from wijkverbond.urgency.models import StatementWord
from wijkverbond.urgency.reading_result import StatementResult, share_in

COMING = 5
BEHIND = ("emerging", "absent")
UNCERTAIN = ("leaning", "not_enough_data")


@dataclasses.dataclass(frozen=True)
class HomeStatement:
    """An adopted urgency, or a statement that is not certain yet.

    `kinds` are those that agree, `tenths` how many in ten agree at least in the kind that agrees
    least. `unheard` and `held_back` are society kinds that are not shown: not heard yet, or heard
    and not shown so that nobody's answer can be worked out.
    """

    facts: StatementFacts
    kinds: list[str]
    tenths: int
    unheard: list[Kind]
    held_back: list[Kind]

    @property
    def is_shared(self) -> bool:
        """Whether all of society is shown and says so: never beside a kind that is not shown."""
        shared = self.facts.get("agreement") == StatementWord.SHARED
        return shared and not self.unheard and not self.held_back

    @property
    def since(self) -> dt.datetime | None:
        """When it was adopted."""
        at = self.facts.get("adopted_at")
        return dt.datetime.fromisoformat(at) if at else None


@dataclasses.dataclass(frozen=True)
class HomePledge:
    """A pledge and how it goes."""

    facts: PledgeFacts
    until: dt.date
    status: pledges.PledgeStatus


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

    counts: StageCounts
    conversation: ConversationFacts | None
    days: int
    shared_urgencies: list[HomeStatement]
    uncertain_statement: HomeStatement | None
    breakthrough: BreakthroughFacts | None
    happened_on: dt.date | None
    confirmed: dict[str, list[str]]
    pledges: list[HomePledge]
    covenant: CovenantFacts | None
    coming: list[ComingDay]
    overlap: list[OtherCoalition]

    @property
    def all_shared(self) -> bool:
        """Whether of every urgency that is shown all of society says so."""
        return all(urgency.is_shared for urgency in self.shared_urgencies)

    @property
    def covenant_term(self) -> tuple[dt.date, dt.date] | None:
        """From when until when the covenant holds."""
        if not self.covenant:
            return None
        return _day(self.covenant["starts"]), _day(self.covenant["ends"])


def coalition_home(coalition: Coalition, now: dt.datetime) -> CoalitionHome:
    """What the front page shows of a coalition today."""
    today = timezone.localdate(now)
    counts, facts = ask(coalition, now)
    conversation = facts["conversation"]
    covenant, breakthrough = facts["covenant"], facts["breakthrough"]
    hidden = set(map(str, facts["hidden"]))
    coming = sorted(_coming(facts, today), key=lambda day: day.on)
    return CoalitionHome(
        counts=counts,
        conversation=conversation,
        days=(_local_day(conversation["closes_at"]) - today).days if conversation else 0,
        shared_urgencies=[_shared_urgency(urgency) for urgency in facts["urgencies"]],
        uncertain_statement=_uncertain_statement(facts["statements"] or {}, hidden),
        breakthrough=breakthrough,
        happened_on=_day(breakthrough["happened_on"]) if breakthrough else None,
        confirmed=_names_per_kind(breakthrough["confirmed"] if breakthrough else []),
        pledges=_one_each([_progress(pledge, today) for pledge in facts["pledge_facts"]]),
        covenant=covenant,
        coming=coming[:COMING],
        overlap=facts["overlap"],
    )


def _shared_urgency(urgency: StatementFacts) -> HomeStatement:
    figures = urgency["figures"] or {}
    statements = [figures[key] for key in map(str, urgency["statements"]) if key in figures]
    return _home_statement(urgency, statements)


def _uncertain_statement(
    statements: Mapping[str, StatementResult], hidden: Collection[str]
) -> HomeStatement | None:
    """The statement of the last reading that leans most; a kind may not have been heard."""
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
    return _home_statement({"text": leaning_most["text"]}, [leaning_most])


def _home_statement(facts: StatementFacts, statements: list[StatementResult]) -> HomeStatement:
    shares = {
        kind: min((_share(statement, kind) for statement in statements), default=0.0)
        for kind in Kind
        if statements and all(kind in statement["kinds"] for statement in statements)
    }
    society = [share for kind, share in shares.items() if kind in SOCIETY_KINDS]
    hidden = [kind for kind in SOCIETY_KINDS if kind not in shares]
    held_back = [
        kind
        for kind in hidden
        if statements
        and all(
            kind in statement["kinds"] or kind in statement.get("heard_not_shown", [])
            for statement in statements
        )
    ]
    return HomeStatement(
        facts,
        kinds=[kind.value for kind, share in shares.items() if share >= 1 / 2],
        # Just below a tenth of a share is that tenth: 0.3 * 10 is less than 3.
        tenths=int(rounded(min(society, default=0.0) * 10)),
        unheard=[kind for kind in hidden if kind not in held_back],
        held_back=held_back,
    )


def _share(statement: StatementResult, kind: Kind) -> float:
    """The share that agrees; where only the interval is shown, which share agrees at least."""
    figures = statement["kinds"].get(kind)
    if not figures:
        return 0.0
    share = share_in(figures)
    return figures["lower"] if share is None else share


def _progress(pledge: PledgeFacts, today: dt.date) -> HomePledge:
    reported = [_local_day(pledge["reported"])] if pledge["reported"] else []
    reported += [_day(pledge["about"])] if pledge["about"] else []
    late = pledges.late_since(map(_day, pledge["dues"]), reported, today, paid=pledge["paid"])
    status = pledges.pledge_status(
        judged=pledge["judged"], reported=pledge["said"] or "", late=late
    )
    return HomePledge(pledge, _day(pledge["ends"]), status)


def _one_each(pledges: Iterable[HomePledge]) -> list[HomePledge]:
    """One of each partner, and first one of each way in which it goes."""
    by_party: dict[str, HomePledge] = {}
    for pledge in sorted(pledges, key=lambda pledge: pledge.status.level not in BEHIND):
        by_party.setdefault(pledge.facts["party"], pledge)
    different = {pledge.status: pledge for pledge in reversed(by_party.values())}
    rest = [pledge for pledge in by_party.values() if pledge not in different.values()]
    return [*different.values(), *rest][:SEVERAL]


def _coming(facts: CoalitionRow, today: dt.date) -> list[ComingDay]:
    days = [*map(_of_decision, facts["decisions_open"]), *map(_of_request, facts["requests_open"])]
    if conversation := facts["conversation"]:
        closes = _("The question “%(what)s” closes") % {"what": conversation["question"]}
        days.append(ComingDay(_local_day(conversation["closes_at"]), closes, "urgency:index"))
    if covenant := facts["covenant"]:
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
    checked_days = set(map(_day, covenant["checks"]))
    page = ("commitments:covenant", covenant["id"])
    return [
        ComingDay(ends, _("End of the covenant"), *page),
        *(
            ComingDay(day, _("We look back on the year together"), *page)
            for day in terms.checks(starts, ends)
            if day not in checked_days
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
