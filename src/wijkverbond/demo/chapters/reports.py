"""How the pledges go: the partners report on the day, and others say what they see of it."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from wijkverbond.actions.services import check_ins
from wijkverbond.commitments.models import Pledge
from wijkverbond.demo.stage import STORY_DAYS, Scene, Stage

BEHIND = "winkeliers"
JUDGES = {
    "bewonersgroep": "basisschool",
    "basisschool": "bewonersgroep",
    "corporatie": "huurders",
    "huurders": "corporatie",
    "winkeliers": "bewonersgroep",
    "welzijn": "sportclub",
    "sportclub": "welzijn",
    "kinderopvang": "basisschool",
    "gemeente": "bewonersgroep",
}
# Every due of the last year is reported; before that a pledge of every month once a quarter.
EVERY_DUE_FROM = STORY_DAYS - 380
LAST_JUDGED = STORY_DAYS - 4


@dataclasses.dataclass(frozen=True)
class Report:
    """Who reports on which day of the story, for which due."""

    day: float
    code: str
    due: dt.date | None


def scenes(stage: Stage, pledges: Mapping[str, Pledge], quarters: range) -> Iterator[Scene]:
    """Every report of the story."""
    for report in _planned(stage, pledges, quarters):
        yield _report(stage, pledges[report.code], report)


def _planned(stage: Stage, pledges: Mapping[str, Pledge], quarters: range) -> list[Report]:
    first = stage.on(0)
    scenes = []
    for number, (code, pledge) in enumerate(pledges.items()):
        shift = number * 0.1
        monthly = pledge.rhythm == Pledge.Rhythm.MONTHLY
        reported: set[dt.date] = set()
        for day in quarters:
            passed = {due for due in pledge.due if due <= stage.on(day)} - reported
            if not monthly or day < EVERY_DUE_FROM:
                scenes.append(Report(day + shift, code, max(passed, default=None)))
                reported |= passed
        if monthly:
            days = [((due - first).days + 2, due) for due in pledge.due]
            scenes += [
                Report(day + shift, code, due)
                for day, due in days
                if EVERY_DUE_FROM <= day < LAST_JUDGED - 1
            ]
    return scenes


def _report(stage: Stage, pledge: Pledge, report: Report) -> Scene:
    """One report, and the judgement of another partner. One pledge is behind schedule."""
    yield report.day
    behind = report.code == BEHIND
    verdict = "partly" if behind else "kept"
    reported = check_ins.check_in(
        pledge,
        actor=stage.act(report.code, report.day),
        verdict=verdict,
        due=report.due,
        delivered=Decimal(2) if behind else None,
        people=4 + len(report.code),
        remark="Twee van de vijf leerplekken zijn gevuld." if behind else "",
    )
    yield report.day + 1
    check_ins.judge(
        reported,
        actor=stage.act(JUDGES[report.code], report.day + 1),
        verdict=verdict,
        remark="We zien twee jongeren in de winkels." if behind else "",
    )
