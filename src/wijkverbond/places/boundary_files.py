"""Reading boundaries from GeoJSON, one feature at a time: only their points stay in memory."""

import dataclasses
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NoReturn

from django.utils.translation import gettext_noop as _

from wijkverbond.places import divisions, geometry
from wijkverbond.places.divisions import Level
from wijkverbond.places.reasons import because
from wijkverbond.places.table_reader import LONGEST_NAME, UnreadableFile

CHUNK = 262_144
LARGEST_VALUE = 64 * 1024 * 1024
NOT_SPACE = re.compile(r"[^ \t\r\n]")

CODE_PROPERTIES = ("statcode", "buurtcode", "wijkcode", "gemeentecode", "gwb_code")
NAME_PROPERTIES = ("statnaam", "buurtnaam", "wijknaam", "gemeentenaam", "regio")
YEAR_PROPERTIES = ("jaar", "jrstatcode")
PROVINCE_PROPERTIES = ("pv_code", "ouder_code")


@dataclasses.dataclass(frozen=True)
class BoundaryFeature:
    """One feature: a place with its area, or the reason why it cannot be used."""

    number: int
    code: str = ""
    name: str | None = None
    province: str | None = None
    area: geometry.AreaShape | None = None
    why_not: str | None = None


def boundaries(path: Path, division: int) -> list[BoundaryFeature]:
    """The features of a collection for the division of a year. Raises `UnreadableFile`.

    The places of one level are simplified together, so that neighbours keep the same border.
    """
    first_by_code: dict[str, int] = {}
    with path.open(encoding="utf-8-sig") as file:
        try:
            return _simplified(
                [
                    _boundary(number, feature, division, first_by_code)
                    for number, feature in enumerate(_features(_JsonText(file, path.name)), start=1)
                ]
            )
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"{path.name} is not UTF-8") from error


def _simplified(features: list[BoundaryFeature]) -> list[BoundaryFeature]:
    by_level: dict[Level | None, dict[int, geometry.AreaShape]] = defaultdict(dict)
    for feature in features:
        if feature.area:
            by_level[divisions.level_of(feature.code)][feature.number] = feature.area
    simpler: dict[int, geometry.AreaShape] = {}
    for areas in by_level.values():
        simpler |= zip(areas, geometry.simplified([*areas.values()]), strict=True)
    return [dataclasses.replace(feature, area=simpler.get(feature.number)) for feature in features]


def _features(text: "_JsonText") -> Iterator[object]:
    """Step through the members of the collection and decode its features one by one."""
    text.mark("{")
    has_features = False
    while not text.peek("}"):
        key = text.value()
        text.mark(":")
        if key == "features":
            has_features = True
            yield from _items(text)
        else:
            text.value()
        if not text.peek("}"):
            text.mark(",")
    text.mark("}")
    text.mark("")
    if not has_features:
        raise UnreadableFile(
            f"{text.name} holds no features: it is not a GeoJSON FeatureCollection"
        )


def _items(text: "_JsonText") -> Iterator[object]:
    text.mark("[")
    if text.peek("]"):
        text.mark("]")
        return
    while True:
        yield text.value()
        if text.mark(",", "]") == "]":
            return


def _boundary(
    number: int, feature: object, division: int, first_by_code: dict[str, int]
) -> BoundaryFeature:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return BoundaryFeature(
            number, why_not=because(_("is not a GeoJSON feature with properties"))
        )
    properties = feature["properties"]
    code = _text(properties, CODE_PROPERTIES).upper()
    year = _text(properties, YEAR_PROPERTIES)[:4]
    if not divisions.level_of(code):
        return BoundaryFeature(
            number, code, why_not=because(_("%(code)r is not a code of CBS"), code=code)
        )
    if year and year != str(division):
        return BoundaryFeature(
            number,
            code,
            why_not=because(
                _("is of the division of %(year)s, not of %(ours)s"), year=year, ours=division
            ),
        )
    first = first_by_code.setdefault(code, number)
    if first != number:
        why_not = because(_("%(code)s is feature %(first)s already"), code=code, first=first)
        return BoundaryFeature(number, code, why_not=why_not)
    try:
        area = geometry.area_of(feature.get("geometry"))
    except geometry.UnusableGeometry as error:
        why_not = because("%(code)s: %(why)s", code=code, why=error.args[0])
        return BoundaryFeature(number, code, why_not=why_not)
    name = _text(properties, NAME_PROPERTIES)[:LONGEST_NAME] or None
    province = divisions.province_code(_text(properties, PROVINCE_PROPERTIES))
    return BoundaryFeature(number, code, name, province, area)


def _text(properties: dict[str, object], names: tuple[str, ...]) -> str:
    """The first of these properties that is given, as text; empty when none is."""
    value = next((properties[name] for name in names if properties.get(name) is not None), "")
    return str(value).replace("\0", "").strip()


class _JsonText:
    """A JSON text that is read as far as needed: marks are stepped over, values decoded in turn.

    The text is read in pieces, and a piece may end anywhere: in a value, a number or a space.
    """

    def __init__(self, file: IO[str], name: str) -> None:
        self.name = name
        self._file = file
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._at = 0

    def mark(self, *expected: str) -> str:
        """Step over one of the expected marks and say which; an empty mark is the end."""
        mark = self._next()
        if mark not in expected:
            self._fail()
        self._at += len(mark)
        return mark

    def peek(self, mark: str) -> bool:
        """Whether this mark comes next."""
        return self._next() == mark

    def value(self) -> object:
        """Decode the value that comes next."""
        self._next()
        more = CHUNK
        while True:
            decoded: object
            try:
                decoded, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                self._fail()
            except json.JSONDecodeError:
                # What was read so far may end in the middle of the value.
                if not self._fill(more):
                    self._fail()
                more *= 2
            else:
                # A number at the edge may go on in what was not read yet.
                if end == len(self._text) and self._fill(CHUNK):
                    continue
                self._at = end
                return decoded

    def _next(self) -> str:
        """The next sign that is no space, without stepping over it; empty at the end."""
        while True:
            sign = NOT_SPACE.search(self._text, self._at)
            if sign:
                self._at = sign.start()
                return sign[0]
            if not self._fill(CHUNK):
                return ""

    def _fill(self, size: int) -> bool:
        """Read on and forget what was decoded; False at the end of the file."""
        more = self._file.read(size)
        self._text = self._text[self._at :] + more
        self._at = 0
        if len(self._text) > LARGEST_VALUE:
            self._fail()
        return bool(more)

    def _fail(self) -> NoReturn:
        piece = self._text[self._at : self._at + 30]
        raise UnreadableFile(
            f"{self.name} is no GeoJSON, or damaged or truncated: cannot read on from {piece!r}"
        )
