"""The thresholds of the vitality reading, as data: the first, reasoned settings (measures.md 4).

A coalition can change them only by a consent decision (R2: never whoever hosts the site). A reading
with changed thresholds is always shown beside the one with these.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from wijkverbond.analysis.months import NOTICE


class State(enum.IntEnum):
    """How a condition or proof stands. The order counts; the code is the name in lower case."""

    NOT_ENOUGH_DATA = 0
    ABSENT = 1
    EMERGING = 2
    PRESENT = 3
    STRONG = 4

    @property
    def code(self) -> str:
        """The name used in JSON, templates and translations."""
        return self.name.lower()


LEVELS = (State.EMERGING, State.PRESENT, State.STRONG)

CODES = (
    "insight",
    "urgency",
    "circle",
    "benefit",
    "commitment",
    "results",
    "facilitation",
    "energy",
    "breakthroughs",
)
"""Conditions and proofs in the order of the table."""

# "<condition>.<measure>.<level>": at least this much is needed for the level.
AT_LEAST: Mapping[str, str] = {
    "insight.recognised_insights.emerging": "1",
    "insight.recognised_insights.present": "3",
    "insight.recognised_insights.strong": "6",
    "insight.goals_resting_on_insight.strong": "1",
    "urgency.proposed_or_leaning.emerging": "1",
    "urgency.adopted_shared.present": "1",
    "urgency.shared_among_direct.strong": "1",
    "urgency.endorsed_each_kind.strong": "4/5",
    "circle.society_kinds.emerging": "2",
    "circle.society_kinds.present": "3",
    "benefit.confirmed_share.emerging": "1/2",
    "benefit.confirmed_each_kind.present": "4/5",
    "benefit.reconfirmed.strong": "1",
    "commitment.pledges_or_intent.emerging": "1",
    "commitment.in_force.present": "1",
    "commitment.signed_each_kind.present": "3/4",
    "commitment.signed_share.strong": "1",
    "commitment.goals_with_signed_pledge.strong": "1",
    "results.goals_complete.emerging": "1/2",
    "results.goals_complete.present": "1",
    "results.goals_measured.present": "1/2",
    "results.goals_measured.strong": "1",
    "results.outcomes_reported.strong": "1",
    "facilitation.answered.emerging": "1",
    "facilitation.in_term.present": "3/4",
    "facilitation.in_term.strong": "9/10",
    "facilitation.granted.strong": "1/2",
    "energy.parties_with_deed.emerging": "1/3",
    "energy.parties_with_deed.present": "2/3",
    "energy.parties_with_deed.strong": "4/5",
    "energy.pledges_kept.present": "7/10",
    "energy.pledges_kept.strong": "17/20",
    "energy.quarters_in_a_row.strong": "4",
    "breakthroughs.claimed.emerging": "1",
    "breakthroughs.confirmed.present": "1",
    "breakthroughs.confirmed.strong": "3",
    "breakthroughs.resolved_anothers_obstacle.strong": "1",
}

# "<condition>.<measure>.<level>": more than this keeps the level out of reach.
AT_MOST: Mapping[str, str] = {
    "circle.open_missing_voices.strong": "0",
    "circle.isolated.strong": "0",
    "circle.busiest_share.strong": "1/2",
    "commitment.yearly_checks_late.strong": "0",
    "facilitation.worst_terms_late.present": "1",
    "facilitation.late_open.strong": "0",
    "facilitation.escalations_open.strong": "0",
    "energy.largest_share_of_deeds.strong": "1/2",
}

# Windows in days, shares and counts that the measures are made with.
SETTINGS: Mapping[str, str] = {
    "days.recent": "365",
    "days.now": "90",
    "days.dormant": "180",
    "days.deed": "180",
    "days.starting": "90",
    "days.missing_voice": "90",
    "days.yearly_check_grace": "30",
    "days.answer_to_judgement": "14",
    "days.breakthrough": "730",
    "insight.kinds": "3",
    "insight.people": "5",
    "insight.lower_bound": "1/2",
    "circle.busiest_from_parties": "6",
    "commitment.remaining_days.present": "365",
    "commitment.remaining_share.present": "1/4",
    "commitment.remaining_days.strong": "730",
    "commitment.remaining_share.strong": "1/2",
    "facilitation.shares_from_requests": "10",
    "energy.two_judges_from_parties": "12",
    "breakthroughs.kinds": "2",
    "breakthroughs.residents": "5",
    "overall.parties": "3",
    "overall.absent_conditions": "2",
    "warning.covenant_months": str(NOTICE),
    "warning.silent_days": "120",
    "warning.late_requests": "2",
    "warning.share_of_deeds": "1/2",
    "warning.share_of_leads": "2/5",
    "warning.urgency_days": "730",
}

UNREACHABLE: Mapping[str, str] = {"results.outcomes_reported": "funding and pressure"}
"""Measures that wait for a capability that is not built yet; the page says so."""


@dataclass(frozen=True)
class Rule:
    """What one measure must reach per level."""

    levels: Mapping[State, Fraction]
    at_most: bool


@dataclass(frozen=True)
class Thresholds:
    """Rules by "<condition>.<measure>" and settings by name."""

    rules: Mapping[str, Rule]
    settings: Mapping[str, Fraction]
    changed: Mapping[str, Fraction]

    def days(self, name: str) -> int:
        """A window in whole days: "recent", "now", "dormant", …"""
        return int(self.settings[f"days.{name}"])

    def with_changes(self, changes: Mapping[str, str]) -> "Thresholds":
        """These thresholds with some replaced, as a coalition decided.

        Values are decimal strings or fractions ("0.8", "2/3"). ValueError for a name that does not
        exist or a value that is negative or no number.
        """
        rules, settings = dict(self.rules), dict(self.settings)
        changed = dict(self.changed)
        for name, text in changes.items():
            value = _number(name, text)
            rule_name, _, level = name.rpartition(".")
            if name in settings:
                settings[name] = value
            elif rule_name in rules and level in {s.code for s in rules[rule_name].levels}:
                rule = rules[rule_name]
                levels = {**rule.levels, State[level.upper()]: value}
                rules[rule_name] = replace(rule, levels=levels)
            else:
                raise ValueError(f"{name!r} is no threshold")
            changed[name] = value
        return Thresholds(rules, settings, changed)


def _number(name: str, text: str) -> Fraction:
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{name}: {text!r} is no number") from None
    if value < 0:
        raise ValueError(f"{name}: {text!r} is negative")
    return value


def _rules() -> dict[str, Rule]:
    levels: dict[tuple[str, bool], dict[State, Fraction]] = {}
    for table, at_most in ((AT_LEAST, False), (AT_MOST, True)):
        for name, text in table.items():
            rule, _, level = name.rpartition(".")
            levels.setdefault((rule, at_most), {})[State[level.upper()]] = Fraction(text)
    return {rule: Rule(values, at_most) for (rule, at_most), values in levels.items()}


DEFAULTS = Thresholds(_rules(), {name: Fraction(text) for name, text in SETTINGS.items()}, {})
"""The thresholds as they stand until a coalition decides otherwise."""
