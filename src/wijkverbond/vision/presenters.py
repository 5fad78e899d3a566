"""How goals and benefits are told on a page."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Party
from wijkverbond.ui import charts
from wijkverbond.vision.models import Benefit, Goal, GoalText
from wijkverbond.vision.queries import Measured


def gaps(goal: GoalText) -> list[str | Promise]:
    """What is still missing before anyone can see whether the goal is reached."""
    lacking = [
        (not goal.indicator_name, _("How do we measure it?")),
        (goal.baseline is None or goal.baseline_on is None, _("Where did we start, and when?")),
        (goal.target is None, _("How far do we want to come?")),
        (goal.due is None, _("When must it be there?")),
    ]
    return [question for missing, question in lacking if missing]


@dataclasses.dataclass(frozen=True)
class GoalCard:
    """A goal on a page: its line from baseline to target when both are known, and its gaps."""

    number: int
    goal: Goal
    chart: charts.GoalProgress | None
    gaps: Sequence[str | Promise]


def goal_cards(
    goals: Iterable[Goal], measured: Mapping[uuid.UUID, Measured], today: dt.date
) -> list[GoalCard]:
    """Every goal with its line and its gaps, numbered in order."""
    return [
        GoalCard(number, goal, goal_line(goal, measured.get(goal.id), today), gaps(goal))
        for number, goal in enumerate(goals, start=1)
    ]


def goal_line(goal: Goal, measured: Measured | None, today: dt.date) -> charts.GoalProgress | None:
    """From baseline to target, with where it should be today; None while one is not known."""
    if goal.baseline is None or goal.target is None:
        return None
    return charts.GoalProgress(
        goal.baseline,
        goal.target,
        measured.value if measured else None,
        _expected(goal, today),
        goal.unit,
        date_format(goal.baseline_on, "Y") if goal.baseline_on else "",
        date_format(goal.due, "Y") if goal.due else "",
    )


def _expected(goal: Goal, today: dt.date) -> Decimal | None:
    if goal.baseline is None or goal.target is None or not (goal.baseline_on and goal.due):
        return None
    days_in_all = (goal.due - goal.baseline_on).days
    share = Decimal(min(max((today - goal.baseline_on).days, 0), days_in_all)) / max(days_in_all, 1)
    return round(goal.baseline + (goal.target - goal.baseline) * share, 1)


@dataclasses.dataclass(frozen=True)
class BenefitCell:
    """What one party gains by one goal; without benefit nobody wrote anything yet."""

    goal: Goal
    party: Party
    benefit: Benefit | None

    @property
    def state(self) -> str:
        """confirmed (by the party itself), asked (written, not confirmed), suggestion or none."""
        if not self.benefit:
            return "none"
        if self.benefit.confirmed_revision == self.goal.revision:
            return "confirmed"
        return "asked" if self.benefit.stated_by_id == self.party.id else "suggestion"


@dataclasses.dataclass(frozen=True)
class BenefitCard:
    """What one party gains, on the page of the goal, with what the reader may do there."""

    cell: BenefitCell
    is_own: bool
    may_state: bool
    may_confirm: bool


@dataclasses.dataclass(frozen=True)
class PartyBenefits:
    """A party with its cells, one for each goal."""

    party: Party
    cells: Sequence[BenefitCell]

    @property
    def counts(self) -> bool:
        """Whether the party counts: it takes part, and others know that it is what it says."""
        return self.party.left_at is None and self.party.is_confirmed

    @property
    def confirmed(self) -> bool:
        """Whether the party confirmed at least one benefit."""
        return any(cell.state == "confirmed" for cell in self.cells)


def benefit_matrix(
    parties: Iterable[Party], goals: Sequence[Goal], benefits: Iterable[Benefit]
) -> list[PartyBenefits]:
    """Every party with what it gains by every goal."""
    stated = {(benefit.party_id, benefit.goal_id): benefit for benefit in benefits}
    return [
        PartyBenefits(
            party, [BenefitCell(goal, party, stated.get((party.id, goal.id))) for goal in goals]
        )
        for party in parties
    ]
