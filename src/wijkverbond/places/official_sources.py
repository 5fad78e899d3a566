"""The figures and boundaries of one municipality, from the servers of CBS and PDOK.

Addresses are settings: `{table}`, `{code}` and `{digits}` (of the municipality) stand in that of the
figures, `{year}`, `{layer}`, `{code}` and `{start}` in that of the boundaries.
"""

import csv
import dataclasses
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from wijkverbond.places import divisions, indicators
from wijkverbond.places.downloads import NotFetched, fetch_json
from wijkverbond.places.models import folded

# The table of CBS with key figures of each division.
FIGURE_TABLES = {2021: "85039NED", 2022: "85318NED", 2023: "85618NED", 2024: "85984NED"}
MUNICIPALITIES = Path(__file__).parent / "data" / "municipalities.csv"
CODE = "WijkenEnBuurten"
LAYERS = ("gemeenten", "wijken", "buurten")
PARTS = len(LAYERS) + 1  # and the figures
PAGE = 1000


def municipalities() -> dict[str, str]:
    """The names of all municipalities by their code, in the order of the alphabet."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        names = {row["gwb_code"]: row["regio"] for row in csv.DictReader(file)}
    return dict(sorted(names.items(), key=lambda each: folded(each[1]).lstrip("'")))


@dataclasses.dataclass(frozen=True)
class Fetched:
    """The files of a municipality, ready to be brought in."""

    figures: list[Path]
    boundaries: list[Path]

    def throw_away(self) -> None:
        """Let the next call fetch everything anew: it cannot be brought in."""
        for answer in (*(table.with_suffix(".json") for table in self.figures), *self.boundaries):
            answer.unlink(missing_ok=True)


def folder_of(municipality: str, year: int) -> Path:
    """Where what is fetched of a municipality is kept, for the next time too.

    Raises `NotFetched` when somebody else made it: what they put there would be taken for official.
    """
    folder = Path(tempfile.gettempdir()) / f"{municipality}-{year}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise NotFetched(f"{folder} was made by another user of this machine. Take it away.")
    return folder


def fetch(
    municipality: str, year: int, folder: Path, *, tell: Callable[[], object] = lambda: None
) -> Fetched:
    """Fetch what is not in the folder yet, and `tell` after each of `PARTS`. Raises `NotFetched`."""
    if year not in FIGURE_TABLES:
        known = ", ".join(map(str, FIGURE_TABLES))
        raise NotFetched(f"No table of CBS is known for {year}; known are {known}.")
    folder.mkdir(parents=True, exist_ok=True)
    boundaries: list[Path] = []
    for layer in LAYERS:
        boundaries += _boundaries(layer, municipality, year, folder)
        tell()
    figures = _figures(municipality, year, folder)
    tell()
    return Fetched([figures], boundaries)


def _figures(municipality: str, year: int, folder: Path) -> Path:
    """The key figures as a table with the columns that the software knows."""
    address = settings.FIGURES_URL.format(
        table=FIGURE_TABLES[year], code=municipality, digits=municipality[2:]
    )

    def own(answer: Any) -> list[dict[str, Any]]:
        rows = answer.get("value") if isinstance(answer, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise NotFetched(f"{address} does not answer with rows of a table.")
        kept = [row for row in rows if divisions.municipality_of(_code(row)) == municipality]
        if not kept:
            raise NotFetched(f"{address} has no rows of {municipality}.")
        return kept

    file = folder / "figures.csv"
    _write_table(file, fetch_json(address, folder / "figures.json", own))
    return file


def _write_table(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    rows = list(rows)
    known = [title for title in rows[0] if indicators.column(title)]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([CODE, *known])
        for row in rows:
            cells = [row.get(title) for title in known]
            writer.writerow([_code(row), *("" if cell is None else cell for cell in cells)])


def _code(row: Mapping[str, Any]) -> str:
    return str(row.get(CODE, "")).strip()


def _boundaries(layer: str, municipality: str, year: int, folder: Path) -> list[Path]:
    """The pages of a layer, each a file of GeoJSON."""
    files: list[Path] = []
    while True:
        file = folder / f"{layer}-{len(files)}.geojson"
        address = settings.BOUNDARIES_URL.format(
            year=year, layer=layer, code=municipality, start=len(files) * PAGE
        )
        features = fetch_json(address, file, partial(_features, address))
        if not features and not files:
            file.unlink()
            raise NotFetched(f"{address} has no {layer} of {municipality}.")
        if features:
            files.append(file)
        if len(features) < PAGE:
            return files


def _features(address: str, answer: Any) -> list[Any]:
    features = answer.get("features") if isinstance(answer, dict) else None
    if not isinstance(features, list):
        raise NotFetched(f"{address} does not answer with features of a map.")
    return features
