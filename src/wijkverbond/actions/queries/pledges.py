"""How pledges go: what the owner reported, and what others say of it."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wijkverbond.actions.models import CheckIn, Fulfilment, Judgement, Shortfall
from wijkverbond.analysis.verdicts import most_say
from wijkverbond.analysis.vitality.thresholds import DEFAULTS
from wijkverbond.coalition.models import Coalition
from wijkverbond.commitments import queries as commitments
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel.actor import Actor
from wijkverbond.ui.charts import GoalProgress

GRACE = dt.timedelta(days=DEFAULTS.days("answer_to_judgement"))
HEARD = dt.timedelta(days=60)
LEVELS = {Fulfilment.KEPT: "present", Fulfilment.PARTLY: "emerging", Fulfilment.NOT: "absent"}


@dataclasses.dataclass(frozen=True)
class PledgeStatus:
    """How a pledge goes: the level with which a page shows it, and in words."""

    level: str
    words: str


@dataclasses.dataclass(frozen=True)
class ReportedCheckIn:
    """A check-in with what others say of it; until somebody does, it is only reported."""

    check_in: CheckIn
    judgements: list[Judgement]

    @property
    def verdicts(self) -> list[str]:
        """What the judges say who count."""
        return [judgement.verdict for judgement in self.judgements if judgement.counts]

    @property
    def verdict(self) -> Fulfilment | None:
        """What others say."""
        return decided(self.verdicts)

    @property
    def level(self) -> str:
        """The level with which a page shows it."""
        return LEVELS[self.verdict] if self.verdict else "info"

    @property
    def words(self) -> str:
        """What others say, in words."""
        return str(self.verdict.label) if self.verdict else ""


@dataclasses.dataclass(frozen=True)
class PledgeProgress:
    """A pledge that stands, with its last check-in.

    `late` is the day on which something was due that nobody reported. Only paid partners are named
    as late; groups of volunteers never are.
    """

    pledge: Pledge
    last: ReportedCheckIn | None
    late: dt.date | None
    coming: dt.date | None

    @property
    def status(self) -> PledgeStatus:
        """How it goes."""
        last = self.last
        return pledge_status(
            judged=last.verdicts if last else [],
            reported=last.check_in.verdict if last else "",
            late=self.late,
        )

    @property
    def figure(self) -> GoalProgress | None:
        """What was done of what was promised, where it was promised as a figure."""
        delivered = self.last.check_in.delivered if self.last else None
        if not self.pledge.quantity or delivered is None:
            return None
        return GoalProgress(
            baseline=0, target=self.pledge.quantity, now=delivered, unit=self.pledge.unit
        )


def pledges_in_progress(coalition: Coalition, now: dt.datetime) -> list[PledgeProgress]:
    """Every pledge that stands, with its last check-in, in the order of the partners."""
    pledges = list(commitments.offered(coalition))
    last = {
        check_in.pledge_id: reported(check_in)
        for check_in in _judged()
        .filter(pledge__in=pledges)
        .order_by("pledge_id", "-reported_at")
        .distinct("pledge_id")
    }
    today = timezone.localdate(now)
    return [pledge_progress(pledge, last.get(pledge.id), today) for pledge in pledges]


def with_last_report(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    """These pledges with the last check-in of each: when it was `reported_at`, what was `reported`,
    and the day that the `report_is_about`; all empty while there is none.
    """
    last = CheckIn.objects.filter(pledge=OuterRef("id")).order_by("-reported_at")
    return pledges.annotate(
        reported_at=Subquery(last.values("reported_at")[:1]),
        reported=Subquery(last.values("verdict")[:1]),
        report_is_about=Subquery(last.values("due")[:1]),
    )


def pledge_progress(pledge: Pledge, last: ReportedCheckIn | None, today: dt.date) -> PledgeProgress:
    """How a pledge stands today."""
    reported_days = _reported_days(last.check_in) if last else ()
    late = late_since(pledge.due, reported_days, today, paid=pledge.party.organisation.paid)
    coming = min((due for due in pledge.due if due >= today), default=None)
    return PledgeProgress(pledge, last, late, coming)


def decided(judged: Iterable[str]) -> Fulfilment | None:
    """What others say of a report: the majority decides, and a tie is not kept."""
    verdict = most_say(judged)
    return Fulfilment(verdict) if verdict else None


def open_due(
    dues: Iterable[dt.date], reported: Iterable[dt.date], until: dt.date
) -> dt.date | None:
    """The last day, up to `until`, on which something was due, when no report is of then or later.

    `reported` are the day of the last report and the day that it is about.
    """
    passed = max((due for due in dues if due <= until), default=None)
    return None if passed is None or any(day >= passed for day in reported) else passed


def late_since(
    dues: Iterable[dt.date], reported_days: Iterable[dt.date], today: dt.date, *, paid: bool
) -> dt.date | None:
    """Since when a pledge is publicly late: after two weeks, and only of a paid partner."""
    return open_due(dues, reported_days, today - GRACE - dt.timedelta(days=1)) if paid else None


def pledge_status(*, judged: Iterable[str], reported: str, late: dt.date | None) -> PledgeStatus:
    """How a pledge goes: late before all, then what others say, then what its owner says."""
    if late:
        day = date_format(late, "j F Y")
        return PledgeStatus("absent", _("Not reported, was due on %(day)s") % {"day": day})
    if verdict := decided(judged):
        words = _("%(verdict)s, say others") % {"verdict": verdict.label}
        return PledgeStatus(LEVELS[verdict], words)
    if reported:
        fulfilment = Fulfilment(reported).label.lower()
        return PledgeStatus("info", _("Reported: %(verdict)s") % {"verdict": fulfilment})
    return PledgeStatus("info", _("Under way"))


def history(pledge: Pledge) -> list[ReportedCheckIn]:
    """Every check-in of a pledge with the judgements, newest first."""
    return [reported(check_in) for check_in in _judged().filter(pledge=pledge)]


def was_heard(check_in: CheckIn, today: dt.date) -> bool:
    """Whether the owner knows that others see it as not done: it says so, or had its two weeks lately."""
    lately = Shortfall.objects.filter(
        check_in__pledge=check_in.pledge_id, answer_by__lt=today, answer_by__gte=today - HEARD
    )
    return check_in.verdict == Fulfilment.NOT or lately.exists()


def shortfalls_shown_to(pledge: Pledge, party: uuid.UUID | None, today: dt.date) -> list[Shortfall]:
    """What this party may read of what others see as not done: its own pledge, or its own words."""
    open_now = Shortfall.objects.open_on(today).filter(check_in__pledge=pledge)
    own = Q() if party == pledge.party_id else Q(judge=party)
    return list(open_now.filter(own).select_related("judge__organisation"))


def open_dues(pledge: Pledge, today: dt.date) -> list[dt.date]:
    """The days on which something was due and that its owner did not report yet, latest first."""
    reported_dues = set(pledge.check_ins.exclude(due=None).values_list("due", flat=True))
    return sorted(
        (due for due in pledge.due if due <= today and due not in reported_dues), reverse=True
    )


def to_judge(pledges: Iterable[PledgeProgress], actor: Actor) -> list[PledgeProgress]:
    """The pledges of others whose last check-in asks for a judgement: one partner is enough."""
    if actor.party is None or actor.person is None:
        return []
    reported = [(progress, progress.last.check_in.id) for progress in pledges if progress.last]
    check_ins = CheckIn.objects.filter(id__in=[check_in for _progress, check_in in reported])
    unjudged = check_ins.to_judge_by(actor.party, actor.now)
    asked = set(unjudged.for_somebody_else(actor.person, actor.now).values_list("id", flat=True))
    return [progress for progress, check_in in reported if check_in in asked]


def to_report(
    pledges: Iterable[PledgeProgress], party: object, today: dt.date
) -> list[PledgeProgress]:
    """The pledges of this party of which something was due that it did not report yet."""
    return [
        progress
        for progress in pledges
        if progress.pledge.party_id == party
        and open_due(
            progress.pledge.due,
            _reported_days(progress.last.check_in) if progress.last else (),
            today,
        )
    ]


def reported(check_in: CheckIn) -> ReportedCheckIn:
    """A check-in with its judgements."""
    return ReportedCheckIn(check_in, list(check_in.judgements.all()))


def _reported_days(check_in: CheckIn) -> list[dt.date]:
    reported = timezone.localdate(check_in.reported_at)
    return [reported, check_in.due] if check_in.due else [reported]


def _judged() -> QuerySet[CheckIn]:
    judgements = Judgement.objects.select_related("judge__organisation").order_by("at")
    return CheckIn.objects.prefetch_related(Prefetch("judgements", judgements))
