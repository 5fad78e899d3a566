"""The road of five stages: counted from the records, for any number of coalitions at once."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from wijkverbond.actions.models import FacilitationRequest, Initiative
from wijkverbond.analysis.months import ends_soon
from wijkverbond.breakthroughs import queries as breakthroughs
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.insights.models import Insight, PartyRecognition, View
from wijkverbond.ui.templatetags.wv import kinds_in_words
from wijkverbond.urgency.models import Conversation, SharedUrgency
from wijkverbond.vision.models import Benefit, Goal, VisionVersion

TITLES: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    (
        "insights:index",
        pgettext_lazy("road", "Know what is going on"),
        pgettext_lazy("road", "know"),
    ),
    (
        "urgency:index",
        pgettext_lazy("road", "See what is needed"),
        pgettext_lazy("road", "see what is needed"),
    ),
    (
        "vision:index",
        pgettext_lazy("road", "Choose where we are going"),
        pgettext_lazy("road", "choose"),
    ),
    (
        "commitments:index",
        pgettext_lazy("road", "Promise what each will do"),
        pgettext_lazy("road", "promise"),
    ),
    (
        "breakthroughs:index",
        pgettext_lazy("road", "Do, and break through"),
        pgettext_lazy("road", "do"),
    ),
)

NO_NUMBERS = {"covenant_ends", "covenant_without", "vision_without"}


@dataclasses.dataclass(frozen=True)
class StageCounts:
    """What the road is worked out from."""

    insights: int
    recognised: int
    questions: int
    adopted: int
    proposed: int
    vision: int
    goals: int
    gaining: int
    pledges: int
    covenant: int
    covenant_ends: dt.date | None
    covenant_without: Sequence[str] | None
    vision_without: Sequence[str] | None
    signing: int
    running: int
    breakthroughs: int
    late: int


@dataclasses.dataclass(frozen=True)
class Stage:
    """One stage of the road: done, where the coalition is now, or what comes."""

    n: int
    view: str
    title: str | Promise
    short: str | Promise
    state: str
    status: str
    text: str


def with_counts(coalitions: QuerySet[Coalition], now: dt.datetime) -> QuerySet[Coalition]:
    """The coalitions with what `counts` reads, in the same query."""
    gains = Benefit.objects.confirmed().filter(
        goal__in=Goal.objects.standing(), party__in=Party.objects.present().confirmed()
    )
    in_force = Covenant.objects.in_force().filter(coalition=OuterRef("id"))
    adopted = VisionVersion.objects.adopted().filter(coalition=OuterRef("id"))
    return coalitions.annotate(
        n_insights=_many(Insight.objects.standing()),
        n_recognised=_many(
            PartyRecognition.objects.filter(
                view=View.RECOGNISES, insight__in=Insight.objects.standing()
            ),
            "insight__coalition",
        ),
        n_questions=_many(Conversation.objects.open_at(now)),
        n_adopted=_many(SharedUrgency.objects.adopted()),
        n_proposed=_many(SharedUrgency.objects.filter(state=SharedUrgency.State.PROPOSED)),
        n_vision=Coalesce(Subquery(adopted.values("number")[:1]), 0),
        n_goals=_many(Goal.objects.standing()),
        n_gaining=_many(gains, "goal__coalition", "party"),
        n_pledges=_many(Pledge.objects.standing()),
        n_covenant=Coalesce(Subquery(in_force.values("number")[:1]), 0),
        covenant_ends=Subquery(in_force.values("ends")[:1]),
        covenant_without=Subquery(in_force.values("without")[:1]),
        vision_without=Subquery(adopted.values("without")[:1]),
        n_signing=_many(Covenant.objects.signing()),
        n_running=_many(Initiative.objects.running()),
        n_breakthroughs=_many(breakthroughs.established()),
        n_late=_many(FacilitationRequest.objects.waiting().filter(due__lt=now)),
    )


def counts(coalition: Coalition) -> StageCounts:
    """The counts of a coalition that came from `with_counts`."""
    annotated = vars(coalition)
    names = [field.name for field in dataclasses.fields(StageCounts)]
    return StageCounts(
        **{name: annotated[name if name in NO_NUMBERS else f"n_{name}"] for name in names}
    )


def stages(totals: StageCounts, parties: int, today: dt.date) -> list[Stage]:
    """The five stages; the coalition is in the first one that is not done, else in the last."""
    expiring = totals.covenant_ends and ends_soon(totals.covenant_ends, today)
    done = [
        totals.insights > 0,
        totals.adopted > 0,
        totals.vision > 0 and totals.goals > 0,
        totals.covenant > 0 and not expiring,
        False,
    ]
    now = done.index(False)
    texts = [_know(totals), _need(totals), _choose(totals, parties), _promise(totals), _do(totals)]
    return [
        Stage(n + 1, view, title, short, _state(n, now, done=done[n]), *texts[n])
        for n, (view, title, short) in enumerate(TITLES)
    ]


def _many(records: "QuerySet[Any]", owner: str = "coalition", what: str = "id") -> Coalesce:
    grouped = records.filter(**{owner: OuterRef("id")}).order_by().values(owner)
    numbers = grouped.annotate(many=Count(what, distinct=True)).values("many")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def _state(n: int, now: int, *, done: bool) -> str:
    if n == now:
        return "now"
    return "done" if done else "next"


def _know(totals: StageCounts) -> tuple[str, str]:
    if not totals.insights:
        return _("Not begun yet"), _("Nobody has written down yet what is going on here.")
    shared = ngettext("1 insight shared", "%(many)s insights shared", totals.insights)
    recognised = ngettext(
        "1 time a partner said “I recognise this”.",
        "%(many)s times a partner said “I recognise this”.",
        totals.recognised,
    )
    return shared % {"many": totals.insights}, recognised % {"many": totals.recognised}


def _need(totals: StageCounts) -> tuple[str, str]:
    status = _("Not shared yet")
    if totals.adopted:
        adopted = ngettext("1 urgency adopted", "%(many)s urgencies adopted", totals.adopted)
        status = adopted % {"many": totals.adopted}
    if totals.questions:
        return status, _("A question to the neighbourhood is open now.")
    if totals.proposed:
        return status, _("A shared urgency is proposed. The partners decide about it.")
    if totals.adopted:
        return status, _("We ask the neighbourhood again later.")
    return status, _("Ask the neighbourhood what must come first.")


def _choose(totals: StageCounts, parties: int) -> tuple[str, str]:
    if not totals.vision:
        return _("No vision yet"), _("Together we write down where we want to go.")
    goals = ngettext("Vision %(v)s, with 1 goal", "Vision %(v)s, with %(many)s goals", totals.goals)
    gain = _("%(some)s of %(all)s partners said what they gain themselves.")
    text = gain % {"some": totals.gaining, "all": parties}
    if totals.vision_without:
        without = _("The vision was adopted without %(kinds)s.")
        text = f"{without % {'kinds': kinds_in_words(totals.vision_without)}} {text}"
    return goals % {"v": totals.vision, "many": totals.goals}, text


def _promise(totals: StageCounts) -> tuple[str, str]:
    promised = ngettext("1 promise", "%(many)s promises", totals.pledges) % {"many": totals.pledges}
    status = promised if totals.pledges else _("No promises yet")
    if totals.signing:
        return status, _("A covenant can be signed now.")
    if totals.covenant_ends:
        ends = date_format(totals.covenant_ends, "F Y")
        if totals.covenant_without:
            holds = _("The covenant holds until %(month)s, without %(kinds)s.")
            kinds = kinds_in_words(totals.covenant_without)
            return status, holds % {"month": ends, "kinds": kinds}
        return status, _("The covenant holds until %(month)s.") % {"month": ends}
    if totals.pledges:
        return status, _("Of these promises we make a covenant for several years.")
    return status, _("Each partner says what it will do, and when.")


def _do(totals: StageCounts) -> tuple[str, str]:
    through = ngettext("1 breakthrough", "%(many)s breakthroughs", totals.breakthroughs)
    status = through % {"many": totals.breakthroughs} if totals.breakthroughs else ""
    running = ngettext(
        "1 initiative is running.", "%(many)s initiatives are running.", totals.running
    )
    text = running % {"many": totals.running} if totals.running else _("Begin something small.")
    if totals.late:
        late = ngettext(
            "1 request to government is late.",
            "%(many)s requests to government are late.",
            totals.late,
        )
        text = f"{text} {late % {'many': totals.late}}"
    return status or _("No breakthrough yet"), text
