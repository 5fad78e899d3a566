"""What signals and insights look like on a page: a map with numbers, counts per kind, sources."""

import dataclasses
from collections.abc import Sequence

from django.utils.translation import gettext as _

from wijkverbond.analysis.opinions.agreement import interval
from wijkverbond.analysis.vitality.thresholds import DEFAULTS
from wijkverbond.coalition.models import Coalition, Kind
from wijkverbond.insights.aggregation import FEWEST_PEOPLE, LOWER_BOUND
from wijkverbond.insights.models import (
    Insight,
    PartyRecognition,
    Signal,
    Source,
    Uncounted,
    View,
)
from wijkverbond.places import geometry, presenters
from wijkverbond.places import queries as places
from wijkverbond.places.indicators import DEFINITIONS
from wijkverbond.places.models import Boundary, Place
from wijkverbond.places.presenters import Portrait
from wijkverbond.ui import maps

# As a reading of vitality says by default when an insight is recognised.
KINDS_FOR_SHARED = DEFAULTS.settings["insight.kinds"]


@dataclasses.dataclass(frozen=True)
class InsightCard:
    """An insight with its sources in words and who recognises it.

    `recognise` and `differ` are people per kind, or words where they are not counted: the interval,
    or that too few people said it. `by_name` are the parties, recognising first.
    """

    insight: Insight
    sources: list[str]
    recognise: list[tuple[str, int | None, str]]
    differ: list[tuple[str, int | None, str]]
    by_name: list[PartyRecognition]
    kinds: int

    @property
    def level(self) -> str:
        """The level with which a page draws how widely it is recognised."""
        if self.kinds >= KINDS_FOR_SHARED:
            return "present"
        return "emerging" if self.kinds else "not_enough_data"

    @property
    def word(self) -> str:
        """How widely it is recognised, in words."""
        if self.kinds >= KINDS_FOR_SHARED:
            return _("Widely recognised")
        return _("Recognised") if self.kinds else _("Too few reactions yet")


@dataclasses.dataclass(frozen=True)
class SignalSpot:
    """A place with signals, numbered as on the map; without a number it has no place on it."""

    number: int | None
    name: str
    signals: list[Signal]


def insight_card(insight: Insight, buurten: Sequence[Place]) -> InsightCard:
    """An insight as a page tells it; its sources and parties are those that were fetched."""
    recognition_count = getattr(insight, "counted", None)
    kinds: dict[str, list[int]] = recognition_count.kinds if recognition_count else {}
    uncounted: Uncounted = recognition_count.uncounted if recognition_count else {}
    roughly = uncounted.get("roughly", {})
    recognitions = sorted(
        insight.by_parties.all(), key=lambda recognition: recognition.view != View.RECOGNISES
    )
    return InsightCard(
        insight,
        [
            source_text(source, buurten)
            for source in insight.sources.all()
            if source.revision == insight.revision
        ],
        [
            (kind, kinds[kind][0] if kind in kinds else None, _in_words(kind, uncounted))
            for kind in Kind.values
        ],
        [(kind, kinds[kind][1], "") for kind in Kind.values if kind in kinds],
        recognitions,
        len(
            _recognising(recognitions)
            | {kind for kind, counts in kinds.items() if _agree(*counts)}
            | {kind for kind, rough in roughly.items() if rough["recognises"]}
        ),
    )


def _recognising(recognitions: Sequence[PartyRecognition]) -> set[str]:
    return {recognition.party.kind for recognition in recognitions if recognition.counts}


def _in_words(kind: str, uncounted: Uncounted) -> str:
    rough = uncounted.get("roughly", {}).get(kind)
    if rough is None:
        held_back = kind in uncounted.get("heard_not_shown", [])
        return _("heard, not shown yet") if held_back else _("not heard yet")
    shares = {"low": round(100 * rough["lower"]), "high": round(100 * rough["upper"])}
    return _("%(low)s to %(high)s%% recognise this") % shares


def _agree(yes: int, no: int) -> bool:
    """Whether the people of a kind recognise it."""
    return yes >= FEWEST_PEOPLE and interval(yes, yes + no).lower >= LOWER_BOUND


def source_text(source: Source, buurten: Sequence[Place]) -> str:
    """A source in words."""
    if source.figure:
        return figure_text(source.figure, buurten)
    if source.signal:
        return _("Signal: “%(text)s”") % {"text": source.signal.text}
    return source.description


def figure_text(written: str, buurten: Sequence[Place]) -> str:
    """An official figure ("place code/year/indicator code") in words, without its value."""
    code, year, indicator = written.split("/")
    definition = DEFINITIONS[indicator]
    return _("%(figure)s, %(place)s, %(year)s (%(publisher)s)") % {
        "figure": definition.name,
        "place": next((buurt.name for buurt in buurten if buurt.code == code), code),
        "year": year,
        "publisher": definition.source.publisher,
    }


def portrait(coalition: Coalition, buurten: Sequence[Place]) -> Portrait:
    """The official figures of the coalition's area beside its municipality and the country."""
    area = Place(name=coalition.name, year=coalition.place_year)
    profile = places.profile(coalition.place_codes, coalition.place_year, buurten=buurten)
    return presenters.portrait(area, profile)


def signal_spots(
    buurten: Sequence[Place], signals: Sequence[Signal]
) -> tuple[list[SignalSpot], maps.AreaMap | None]:
    """The signals by place, and the map with the numbers of those places.

    A signal with a point has its own number; those of a neighbourhood share one.
    """
    names = {buurt.code: buurt.name for buurt in buurten}
    marks = {buurt.code: _mark(buurt) for buurt in buurten}
    grouped: dict[str, list[Signal]] = {}
    for signal in signals:
        point = f"{signal.longitude},{signal.latitude}" if signal.longitude is not None else ""
        grouped.setdefault(point or signal.place_code, []).append(signal)
    spots: list[SignalSpot] = []
    pins: list[maps.Pin] = []
    for gathered in grouped.values():
        first = gathered[0]
        mark = _point(first) or marks.get(first.place_code)
        number = len(pins) + 1 if mark and any(marks.values()) else None
        if mark and number:
            pins.append(maps.Pin(number, *mark))
        name = names.get(first.place_code, _("The whole neighbourhood"))
        spots.append(SignalSpot(number, name, gathered))
    drawn = [(buurt, shape) for buurt in buurten if (shape := _boundary(buurt))]
    if not drawn:
        return spots, None
    areas = [
        maps.MapArea(buurt.name, shape.geometry, url=buurt.get_absolute_url())
        for buurt, shape in drawn
    ]
    return spots, maps.AreaMap(areas, pins)


def _point(signal: Signal) -> tuple[float, float] | None:
    if signal.longitude is None or signal.latitude is None:
        return None
    return float(signal.longitude), float(signal.latitude)


def _mark(buurt: Place) -> tuple[float, float] | None:
    shape = _boundary(buurt)
    return geometry.inner_point(shape.geometry, shape.longitude, shape.latitude) if shape else None


def _boundary(buurt: Place) -> Boundary | None:
    return getattr(buurt, "boundary", None)
