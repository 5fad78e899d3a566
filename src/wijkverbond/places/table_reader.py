"""Reading official tables, line by line: CBS wide files, long files per year, raw StatLine exports.

What cannot be read as a whole raises `UnreadableFile`; a single bad row or cell is reported and skipped.
"""

import csv
import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, NamedTuple

from django.utils.translation import gettext_noop as _

from wijkverbond.places import divisions, indicators
from wijkverbond.places.indicators import IndicatorDefinition
from wijkverbond.places.reasons import because

LONGEST_LINE = 1_000_000
DECIMALS = 5
LONGEST_NAME = 120

CODE_COLUMNS = ("gwb_code", "Regiocode (gemeente, wijk, buurt) (code)", "WijkenEnBuurten")
NAME_COLUMNS = ("regio", "Wijken en buurten")
YEAR_COLUMN = "jaar"
DIVISION_COLUMN = "Perioden"
PROVINCE_COLUMNS = ("ouder_code", "provincie")
DESCRIBING = {
    *CODE_COLUMNS, *NAME_COLUMNS, *PROVINCE_COLUMNS, YEAR_COLUMN, DIVISION_COLUMN,
    "recs", "gm_code", "gm_naam", "gwb_code_8", "gwb_code_10", "ind_wbz", "pst_mvp", "ste_mvs_oms",
}  # fmt: skip

MISSING = {"", ".", "..", "-", "x", "X", "-99995", "-99997", "-99999997", "-99999998", "-99999999"}
PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
# How files begin that are no text, and what to do with them.
OTHER_FORMS = {
    b"SQLite format 3\0": "is a GeoPackage; choose GeoJSON on the publisher's page, or convert it: "
    "ogr2ogr -t_srs EPSG:4326 boundaries.geojson FILE LAYER",
    b"PK\x03\x04": "is packed (a zip or an Excel file); unpack it, or save the table as CSV in UTF-8",
    b"\x1f\x8b": "is packed; unpack it first",
}
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
FOOTER = ("Bron", "©", "Source")


class UnreadableFile(ValueError):
    """A file that cannot be used at all; the message says what and where."""


def refuse_other_forms(path: Path) -> None:
    """Raise `UnreadableFile` for a file in a form that people often have, with what to do."""
    with path.open("rb") as file:
        beginning = file.read(16)
    for mark, what_to_do in OTHER_FORMS.items():
        if beginning.startswith(mark):
            raise UnreadableFile(f"{path.name} {what_to_do}.")


class FigureCell(NamedTuple):
    """The value of a key figure in a year; None where the publisher gives none."""

    indicator: str
    year: int
    value: Decimal | None


class BadCell(NamedTuple):
    """A cell that cannot be used: the title of its column, and the reason."""

    column: str
    why_not: str


class FigureColumn(NamedTuple):
    """A column with a key figure; `year` when the title says it, else it is that of the row."""

    position: int
    title: str
    definition: IndicatorDefinition
    year: int | None


@dataclasses.dataclass(frozen=True)
class TableRow:
    """One row: a place, its name when the table gives it, and its figures.

    `why_not` is the reason why the row as a whole cannot be used.
    """

    line: int
    code: str = ""
    name: str | None = None
    province: str | None = None
    figures: list[FigureCell] = dataclasses.field(default_factory=list)
    bad_cells: list[BadCell] = dataclasses.field(default_factory=list)
    why_not: str | None = None


@functools.lru_cache(maxsize=65_536)
def value(text: str) -> Decimal | None:
    """A figure as the publishers write it: decimal point or comma; None when missing or secret.

    Raises ValueError for anything else, so that nothing is ever read as zero by mistake.
    """
    cleaned = text.strip()
    if cleaned in MISSING:
        return None
    if GROUPED.fullmatch(cleaned):
        cleaned = cleaned.replace(".", "")
    elif not PLAIN.fullmatch(cleaned):
        raise ValueError(because(_("%(text)r is not a number"), text=cleaned))
    number = Decimal(cleaned.replace(",", "."))
    if _decimals(number) > DECIMALS:
        raise ValueError(
            because(_("%(text)s has more than %(most)s decimals"), text=cleaned, most=DECIMALS)
        )
    return number


class Table:
    """A table of official figures for the division of one year, read one row at a time.

    Raises `UnreadableFile`, on opening or while reading, when the file is damaged or no such table.
    """

    def __init__(self, file: IO[bytes], name: str, division: int, *, this_year: int) -> None:
        self.name = name
        self._division = division
        self._this_year = this_year
        self._lines = _Lines(file, name)
        self._titles = self._lines.titles
        self._code = self._position(CODE_COLUMNS)
        self._name = self._position(NAME_COLUMNS)
        self._year = self._position((YEAR_COLUMN,))
        self._period = self._position((DIVISION_COLUMN,))
        self._province = self._position(PROVINCE_COLUMNS)
        self._columns = _columns(self._titles)
        self._seen: dict[tuple[str, int], int] = {}
        self.ignored = [
            title
            for title in self._titles
            if title not in DESCRIBING and not indicators.column(title)
        ]
        if not self._columns and self._name is None:
            raise UnreadableFile(f"{self.name} has no column with a key figure that is known")

    def __iter__(self) -> Iterator[TableRow]:
        reader = csv.reader(self._lines, delimiter=self._lines.delimiter, strict=True)
        try:
            for cells in reader:
                line = reader.line_num + 1
                if cells and not (len(cells) == 1 and cells[0].strip().startswith(FOOTER)):
                    yield self._row(line, cells)
        except csv.Error as error:
            raise UnreadableFile(f"{self.name}, line {reader.line_num + 1}: {error}") from error

    def _position(self, names: Sequence[str]) -> int | None:
        return next((self._titles.index(name) for name in names if name in self._titles), None)

    def _row(self, line: int, cells: list[str]) -> TableRow:
        if len(cells) != len(self._titles):
            if len(cells) < len(self._titles) and not self._lines.ended:
                raise UnreadableFile(
                    f"{self.name} ends in the middle of line {line}: it is truncated"
                )
            return TableRow(
                line,
                why_not=because(
                    _("has %(many)s columns, the header %(titles)s"),
                    many=len(cells),
                    titles=len(self._titles),
                ),
            )
        assert self._code is not None
        code = cells[self._code].strip().upper()
        year, why_not = self._year_of(cells)
        if not divisions.level_of(code):
            why_not = because(_("%(code)r is not a code of CBS"), code=code)
        first_line = self._seen.setdefault((code, year), line)
        if first_line != line:
            why_not = why_not or because(
                _("%(code)s stands on line %(line)s already"), code=code, line=first_line
            )
        if why_not:
            return TableRow(line, code, why_not=why_not)
        return self._filled(line, code, year, cells)

    def _year_of(self, cells: list[str]) -> tuple[int, str | None]:
        """The year of a row's figures, and why the row cannot be used when it is of no use here."""
        if self._period is not None:
            period = cells[self._period].strip().removesuffix("JJ00")
            if period != str(self._division):
                return 0, because(
                    _("is of the division of %(year)s, not of %(ours)s"),
                    year=period,
                    ours=self._division,
                )
        if self._year is None:
            return self._division, None
        text = cells[self._year].strip()
        if not YEAR.fullmatch(text) or int(text) > self._this_year:
            return 0, because(_("%(text)r is not a year that has figures"), text=text)
        return int(text), None

    def _filled(self, line: int, code: str, year: int, cells: list[str]) -> TableRow:
        row = TableRow(line, code, self._name_of(cells), self._province_of(cells))
        for column in self._columns:
            try:
                number = value(cells[column.position])
            except ValueError as error:
                row.bad_cells.append(BadCell(column.title, error.args[0]))
                continue
            definition = column.definition
            if number is None or definition.least <= number <= definition.most:
                row.figures.append(FigureCell(definition.code, column.year or year, number))
            else:
                why_not = because(_("%(number)s is not possible here"), number=number)
                row.bad_cells.append(BadCell(column.title, why_not))
        return row

    def _name_of(self, cells: list[str]) -> str | None:
        return None if self._name is None else cells[self._name].strip()[:LONGEST_NAME] or None

    def _province_of(self, cells: list[str]) -> str | None:
        return None if self._province is None else divisions.province_code(cells[self._province])


class _Lines:
    """The lines of a text file after its header, decoded one by one, with the header taken apart."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self._number = 0
        self.ended = True
        header = next(self, "").removeprefix("\ufeff")
        for delimiter in (",", ";", "\t"):
            titles = [
                title.strip() for title in next(csv.reader([header], delimiter=delimiter), [])
            ]
            if any(name in titles for name in CODE_COLUMNS):
                self.delimiter, self.titles = delimiter, titles
                break
        else:
            raise UnreadableFile(f"{self._name} has no column {CODE_COLUMNS[0]} in its first line")
        repeated = next((title for title in titles if title and titles.count(title) > 1), None)
        if repeated:
            raise UnreadableFile(f"{self._name} has the column {repeated} twice")

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE)
        self._number += 1
        if not line:
            raise StopIteration
        self.ended = line.endswith(b"\n")
        if b"\0" in line or (len(line) == LONGEST_LINE and not self.ended):
            raise UnreadableFile(f"{self._name}, line {self._number}: this is not a text table")
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                f"{self._name}, line {self._number}: byte {error.start + 1} is not UTF-8;"
                " save the table as UTF-8"
            ) from error


def _columns(titles: list[str]) -> list[FigureColumn]:
    return [
        FigureColumn(position, title, *figure_column)
        for position, title in enumerate(titles)
        if (figure_column := indicators.column(title))
    ]


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent
