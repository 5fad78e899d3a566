"""Where an import collects what it read, to compare it with what is stored and merge it at once.

Rows go by COPY into temporary tables, so memory does not grow with the files; the comparison and
the merge are a few statements over all rows together. For services only.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection

from wijkverbond.places import divisions, geometry
from wijkverbond.places.divisions import Level
from wijkverbond.places.models import Place, folded
from wijkverbond.places.table_reader import FigureCell

BATCH = 5_000

TABLES = {
    "staged_row": """row int, file int, spot int, code text, name text, search_name text,
        is_table boolean, province text, known boolean DEFAULT true, changed boolean DEFAULT false""",
    "staged_figure": "row int, code text, indicator text, year int, value numeric(18, 5)",
    "staged_boundary": """row int, code text, geometry jsonb, longitude float, latitude float,
        west float, south float, east float, north float""",
}
COPIED = {
    "staged_row": "row, file, spot, code, name, search_name, is_table, province",
    "staged_figure": "row, code, indicator, year, value",
    "staged_boundary": "row, code, geometry, longitude, latitude, west, south, east, north",
}

# The first row with a name gives it. Tables are staged first; the names in boundary files differ
# slightly, so they name only what has no name yet.
NAMES = """
CREATE TEMPORARY TABLE staged_name ON COMMIT DROP AS
    SELECT DISTINCT ON (code) row, code, name, search_name, is_table
    FROM staged_row WHERE name IS NOT NULL ORDER BY code, row;
UPDATE staged_row SET changed = true
    FROM staged_name n LEFT JOIN places_place p ON p.year = %(year)s AND p.code = n.code
    WHERE staged_row.row = n.row AND (p.id IS NULL OR (n.is_table AND p.name <> n.name));
UPDATE places_place p SET name = n.name, search_name = n.search_name
    FROM staged_name n
    WHERE p.year = %(year)s AND p.code = n.code AND n.is_table AND p.name <> n.name;
INSERT INTO places_place (year, code, level, name, search_name)
    SELECT %(year)s, code, %(levels)s::jsonb ->> left(code, 2), name, search_name FROM staged_name
    ON CONFLICT DO NOTHING;
"""

PARENTS = """
ANALYZE places_place;
CREATE TEMPORARY TABLE staged_province ON COMMIT DROP AS
    SELECT DISTINCT ON (s.code) s.row, m.id AS place_id, q.id AS parent_id
    FROM staged_row s
    JOIN places_place m ON m.year = %(year)s AND m.code = s.code AND m.level = 'municipality'
    JOIN places_place q ON q.year = %(year)s AND q.code = s.province
    ORDER BY s.code, s.row;
UPDATE staged_row SET changed = true
    FROM staged_province v JOIN places_place p ON p.id = v.place_id
    WHERE staged_row.row = v.row AND p.parent_id IS DISTINCT FROM v.parent_id;
UPDATE places_place p SET parent_id = v.parent_id
    FROM staged_province v WHERE p.id = v.place_id AND p.parent_id IS DISTINCT FROM v.parent_id;
UPDATE places_place p SET parent_id = q.id
    FROM places_place q
    WHERE p.year = %(year)s AND q.year = %(year)s AND p.parent_id IS DISTINCT FROM q.id
    AND q.code = CASE p.level WHEN 'neighbourhood' THEN 'WK' || substr(p.code, 3, 6)
        WHEN 'district' THEN 'GM' || substr(p.code, 3, 4) WHEN 'province' THEN 'NL00' END;
UPDATE staged_row s SET known = false
    WHERE NOT EXISTS (SELECT FROM places_place p WHERE p.year = %(year)s AND p.code = s.code);
"""

# Of one figure given twice the first counts; a missing one only when no row gives a value.
FIGURES = """
CREATE TEMPORARY TABLE staged_winner ON COMMIT DROP AS
    SELECT DISTINCT ON (p.id, indicator, f.year)
        row, p.id AS place_id, f.code, indicator, f.year, value
    FROM staged_figure f JOIN places_place p ON p.year = %(year)s AND p.code = f.code
    ORDER BY p.id, indicator, f.year, value IS NULL, row;
CREATE TEMPORARY TABLE staged_difference ON COMMIT DROP AS
    SELECT w.row, w.place_id, w.indicator, w.year, w.value, k.id AS stored
    FROM staged_winner w LEFT JOIN places_keyfigure k
        ON k.place_id = w.place_id AND k.indicator = w.indicator AND k.year = w.year
    WHERE k.value IS DISTINCT FROM w.value;
UPDATE staged_row SET changed = true
    FROM (SELECT DISTINCT row FROM staged_difference) d WHERE staged_row.row = d.row;
DELETE FROM places_keyfigure k USING staged_difference d WHERE k.id = d.stored;
INSERT INTO places_keyfigure (place_id, indicator, year, value)
    SELECT place_id, indicator, year, value FROM staged_difference WHERE value IS NOT NULL;
"""

BOUNDARIES = """
CREATE TEMPORARY TABLE staged_outline ON COMMIT DROP AS
    SELECT DISTINCT ON (p.id) p.id AS place_id, s.*
    FROM staged_boundary s JOIN places_place p ON p.year = %(year)s AND p.code = s.code
    ORDER BY p.id, s.row;
DELETE FROM staged_outline s USING places_boundary b
    WHERE b.place_id = s.place_id AND b.geometry = s.geometry;
UPDATE staged_row SET changed = true FROM staged_outline o WHERE staged_row.row = o.row;
DELETE FROM places_boundary b USING staged_outline s WHERE b.place_id = s.place_id;
INSERT INTO places_boundary
        (place_id, geometry, longitude, latitude, west, south, east, north)
    SELECT place_id, geometry, longitude, latitude, west, south, east, north FROM staged_outline;
"""

ROWS = """
SELECT file, count(*) FILTER (WHERE known AND changed), count(*) FILTER (WHERE known AND NOT changed)
    FROM staged_row GROUP BY file
"""
UNKNOWN = "SELECT file, spot, code FROM staged_row WHERE NOT known ORDER BY row"
ORPHANS = """
SELECT DISTINCT ON (s.code) s.file, s.spot, s.code
    FROM staged_row s JOIN places_place p ON p.year = %(year)s AND p.code = s.code
    WHERE p.level = 'neighbourhood' AND p.parent_id IS NULL ORDER BY s.code, s.row
"""
CONFLICTS = """
SELECT r.file, r.spot, f.indicator, f.year
    FROM staged_figure f JOIN staged_winner w USING (code, indicator, year)
    JOIN staged_row r ON r.row = f.row
    WHERE f.row <> w.row AND f.value <> w.value ORDER BY f.row
"""
DERIVED = ("staged_name", "staged_province", "staged_winner", "staged_difference", "staged_outline")


class RowCounts(NamedTuple):
    """How many rows of a file were new or changed something, and how many were stored already."""

    stored: int
    unchanged: int


class UnknownPlace(NamedTuple):
    """A row about a place that the division does not have: number of the file, spot, code."""

    file: int
    spot: int
    code: str


class Conflict(NamedTuple):
    """A figure that an earlier row gave with another value: number of the file, spot, figure."""

    file: int
    spot: int
    indicator: str
    year: int


@dataclasses.dataclass(frozen=True)
class MergeResult:
    """What came of the staged rows; a spot is the number of a line or feature in its file.

    `orphans` are neighbourhoods whose district the division does not have.
    """

    counts: dict[int, RowCounts]
    unknown: list[UnknownPlace]
    orphans: list[UnknownPlace]
    conflicts: list[Conflict]


class Staging:
    """The rows of one import for the division of a year. Inside a transaction: add rows, then merge."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._rows = 0
        self._waiting: dict[str, list[tuple[object, ...]]] = {table: [] for table in TABLES}
        for table, columns in TABLES.items():
            _run(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")
        # One import at a time; reading goes on.
        _run("LOCK TABLE places_place IN SHARE ROW EXCLUSIVE MODE")

    def add(
        self,
        file: int,
        spot: int,
        code: str,
        *,
        name: str | None,
        province: str | None,
        figures: Iterable[FigureCell] = (),
        area: geometry.AreaShape | None = None,
    ) -> None:
        """Stage one row of a table, or one area of a boundary file."""
        self._rows += 1
        row = self._rows
        searched = folded(name) if name else None
        self._waiting["staged_row"].append(
            (row, file, spot, code, name, searched, area is None, province)
        )
        self._waiting["staged_figure"] += [(row, code, *figure) for figure in figures]
        if area:
            geojson = json.dumps(geometry.geojson(area), separators=(",", ":"))
            self._waiting["staged_boundary"].append(
                (row, code, geojson, *geometry.centre(area), *area.bounds)
            )
        if row % BATCH == 0:
            self._copy()

    def merge(self) -> MergeResult:
        """Compare the staged rows with what is stored, store what differs, and say what came of it."""
        self._copy()
        for table in TABLES:
            _run(f"ANALYZE {table}")
        levels = json.dumps({prefix: level.value for prefix, level in divisions.PREFIXES.items()})
        values: dict[str, str | int] = {"year": self._year, "levels": levels}
        _run(NAMES, values)
        self._complete_provinces()
        for step in (PARENTS, FIGURES, BOUNDARIES):
            _run(step, values)
        result = MergeResult(
            {file: RowCounts(*counts) for file, *counts in _fetch(ROWS)},
            [UnknownPlace(*row) for row in _fetch(UNKNOWN)],
            [UnknownPlace(*row) for row in _fetch(ORPHANS, values)],
            [Conflict(*row) for row in _fetch(CONFLICTS)],
        )
        _run(f"DROP TABLE {', '.join((*TABLES, *DERIVED))}")
        return result

    def _complete_provinces(self) -> None:
        """Make the provinces that municipalities name, and the country: tables seldom hold them."""
        provinces = _fetch("SELECT DISTINCT province FROM staged_row WHERE province IS NOT NULL")
        if not provinces:
            return
        above = [(code, Level.PROVINCE, divisions.PROVINCES[code]) for (code,) in provinces] + [
            (divisions.COUNTRY, Level.COUNTRY, "Nederland")
        ]
        Place.objects.bulk_create(
            (
                Place(
                    year=self._year,
                    code=code,
                    level=level,
                    name=name,
                    search_name=folded(name),
                )
                for code, level, name in above
            ),
            ignore_conflicts=True,
        )

    def _copy(self) -> None:
        with connection.cursor() as cursor:
            for table, columns in COPIED.items():
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for values in self._waiting[table]:
                        copy.write_row(values)
                self._waiting[table].clear()


def _run(statements: str, values: Mapping[str, str | int] | None = None) -> None:
    with connection.cursor() as cursor:
        for statement in statements.strip().rstrip(";").split(";\n"):
            cursor.execute(statement, values)


def _fetch(query: str, values: Mapping[str, str | int] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
