"""A reading as a page shows it: every figure with what it needs and the entries it rests on."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.functional import Promise

from wijkverbond.analysis.vitality.measures import Measure, Number
from wijkverbond.analysis.vitality.reading import ConditionReading, VitalityReading
from wijkverbond.analysis.vitality.steps import Step
from wijkverbond.analysis.vitality.thresholds import LEVELS
from wijkverbond.coalition.models import Party
from wijkverbond.kernel.models import Entry
from wijkverbond.register.queries import PER_PAGE
from wijkverbond.ui.house import Stone
from wijkverbond.ui.templatetags.wv import amount
from wijkverbond.vitality import labels
from wijkverbond.vitality.queries import Outline

PROOFS = ("energy", "breakthroughs")
MIRROR = "facilitation"
SHOWN = 5


class EntryLink(NamedTuple):
    """A line of the register, and the page of the register that it stands on."""

    number: int
    page: int


@dataclasses.dataclass(frozen=True)
class Figure:
    """One measure in words; `needed` are pairs of a level and what it asks."""

    name: str | Promise
    value: str
    needed: list[tuple[str, str]]
    at_most: bool
    evidence: list[EntryLink]
    earlier: list[EntryLink]
    waits_for: str


@dataclasses.dataclass(frozen=True)
class Condition:
    """One condition or proof with its figures and the step that would help."""

    code: str
    name: str | Promise
    level: str
    since: dt.date
    figures: list[Figure]
    step: str | Promise
    weakest: bool


class Advice(NamedTuple):
    """A next step, and the partners whom it is about; groups of volunteers are not named."""

    step: str | Promise
    whom: list[str]


@dataclasses.dataclass(frozen=True)
class VitalityPage:
    """A whole reading."""

    reading: VitalityReading
    overall: str | Promise
    lead: str | Promise
    weakest: Condition
    unknown: list[str | Promise]
    steps: list[Advice]
    warnings: list[str | Promise]
    proofs: list[Condition]
    conditions: list[Condition]
    mirror: Condition

    @property
    def roof(self) -> list[Stone]:
        """The stones of the roof."""
        return [_stone(condition) for condition in self.proofs]

    @property
    def walls(self) -> list[Stone]:
        """The stones of the walls."""
        return [_stone(condition) for condition in self.conditions]

    @property
    def mirror_stone(self) -> Stone:
        """Government's mirror."""
        return _stone(self.mirror)


@dataclasses.dataclass(frozen=True)
class OutlineCard:
    """The outline of a reading in words, with the level that a page draws it with."""

    overall: str | Promise
    level: str
    vital: bool
    weakest: str | Promise
    step: str | Promise


def outline_card(outline: Outline) -> OutlineCard:
    """The outline of a reading in words."""
    return OutlineCard(
        labels.OVERALL[outline.overall],
        labels.OVERALL_LEVELS[outline.overall],
        outline.overall == "vital",
        labels.CONDITIONS[outline.weakest],
        labels.STEPS.get(outline.step, ""),
    )


def vitality_page(reading: VitalityReading) -> VitalityPage:
    """The reading in words, with links to the register for what is public."""
    entry_links = _entry_links(reading)
    conditions = {
        code: _condition(condition, entry_links, weakest=reading.weakest == code)
        for code, condition in reading.conditions.items()
    }
    return VitalityPage(
        reading=reading,
        overall=labels.OVERALL[reading.overall],
        lead=labels.LEADS[reading.overall],
        weakest=conditions[reading.weakest],
        unknown=[labels.CONDITIONS[code] for code in reading.unknown],
        steps=advise(reading.next_steps),
        warnings=[labels.WARNINGS[warned.code] for warned in reading.warnings],
        proofs=[conditions[code] for code in PROOFS],
        conditions=[
            condition for code, condition in conditions.items() if code not in (*PROOFS, MIRROR)
        ],
        mirror=conditions[MIRROR],
    )


def advise(steps: Iterable[Step]) -> list[Advice]:
    """Next steps in words, with the names of the paid partners in their records."""
    parties_by_step = {step: _parties(step) for step in steps}
    paid_parties = Party.objects.filter(
        id__in={party for parties in parties_by_step.values() for party in parties},
        organisation__paid=True,
    )
    names = {str(party.id): party.name for party in paid_parties.select_related("organisation")}
    return [
        Advice(labels.STEPS[step.code], [names[party] for party in parties if party in names])
        for step, parties in parties_by_step.items()
    ]


def _parties(step: Step) -> list[str]:
    return [record.partition(":")[2] for record in step.records if record.startswith("party:")]


def _condition(
    condition: ConditionReading, entry_links: Mapping[int, EntryLink], *, weakest: bool
) -> Condition:
    return Condition(
        condition.code,
        labels.CONDITIONS[condition.code],
        condition.state.code,
        condition.since,
        [figure(measure, entry_links) for measure in condition.measures],
        labels.STEPS[condition.step.code] if condition.step else "",
        weakest,
    )


def figure(measure: Measure, entry_links: Mapping[int, EntryLink]) -> Figure:
    """One measure in words."""
    public = sorted(entry_links[entry] for entry in measure.evidence if entry in entry_links)
    share = _is_share(measure)
    plural_label = labels.MEASURES[measure.name]
    return Figure(
        labels.ONE.get(measure.name, plural_label)
        if measure.value == 1 and not share
        else plural_label,
        _value(measure.value, share=share),
        [
            (level.code, _value(measure.thresholds[level], share=share))
            for level in LEVELS
            if level in measure.thresholds and (measure.at_most or measure.thresholds[level])
        ],
        measure.at_most,
        public[-SHOWN:],
        public[:-SHOWN],
        measure.waits_for,
    )


def _is_share(measure: Measure) -> bool:
    if measure.name in labels.SHARES_OF_MANY:
        return not isinstance(measure.value, int)
    return measure.name in labels.SHARES


def _value(value: Number | None, *, share: bool) -> str:
    if value is None:
        return ""
    return f"{round(float(value) * 100)}%" if share else amount(round(float(value), 1))


def _entry_links(reading: VitalityReading) -> dict[int, EntryLink]:
    evidence = {
        entry
        for condition in reading.conditions.values()
        for measure in condition.measures
        for entry in measure.evidence
    }
    entries = Entry.objects.filter(id__in=evidence, leaf__isnull=False)
    return {
        entry: EntryLink(leaf + 1, (length - leaf - 1) // PER_PAGE + 1)
        for entry, leaf, length in entries.values_list("id", "leaf", "stream__leaves")
        if leaf is not None
    }


def _stone(condition: Condition) -> Stone:
    return Stone(condition.code, condition.name, condition.level, condition.weakest)
