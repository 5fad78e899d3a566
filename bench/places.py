"""S12: import of national key figures and boundaries, 18,070 areas (at most 60 s and 500 MB, aim 20 s).

`./wijkverbond bench places`. The files are made up, in the shape of the national ones of 2024
(340 municipalities, 3,356 districts, 14,374 neighbourhoods, 20 points a ring, crimes of five years and
health of five). PLACES_FILES=one:two (tables end in .csv) brings in those instead. The comparison
reads the same files and copies as many figures into a bare table without keys.

Measured 2026-11-24 (2 cores; PostgreSQL 15 with fsync; PLACES_FILES = the national kwb_2024, crimes,
health and three boundary files: 168,650 rows, 412,000 figures): first time 13–17 s, again 6–10 s, 90 MB;
with nine other processes at work 34 s and 19 s, 103 MB, 4.5 times reading and copying alone.
Measured 2026-11-30 with the same files before and after shapely, in turn on a busy machine: 2.7 and 3.0 s
of CPU beside the database, 124 and 156 MB, 45 and 42 s in all (25 s of it in the database).
"""

import csv
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from wijkverbond.kernel.actor import system
from wijkverbond.places import queries, services
from wijkverbond.places.models import KeyFigure, Place
from wijkverbond.places.tests import nation
from wijkverbond.places.tests.nation import NETHERLANDS, YEAR

Work = Callable[[list[Path]], None]


def main() -> None:
    """Print seconds and memory of the first import and of the same again, and of reading an area."""
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        places_files = os.environ.get("PLACES_FILES")
        files = (
            [Path(name) for name in places_files.split(os.pathsep)]
            if places_files
            else made_up(Path(folder))
        )
        bare = in_a_process(copied, files)[0]
        first, memory = in_a_process(brought_in, files)
        again = in_a_process(brought_in, files)[0]
    largest = queries.find("GM0001") or Place.objects.filter(level="municipality").earliest("code")
    began = time.perf_counter()
    buurten = len(queries.area([largest.code], YEAR).buurten)
    area = time.perf_counter() - began
    print(f"places: {Place.objects.count()} places, {KeyFigure.objects.count()} figures")
    print(f"places: first import: {first:.1f} s, {memory} MB")
    print(f"places: the same again: {again:.1f} s")
    print(f"places: an area of {buurten} neighbourhoods: {area * 1000:.0f} ms")
    print(f"places: first import / reading and copying alone: {first / bare:.2f}")


def made_up(folder: Path) -> list[Path]:
    """Write national tables and boundary files of made-up places."""
    wide, outlines = folder / "kwb.csv", folder / "grenzen.geojson"
    nation.write_table(wide, NETHERLANDS)
    by_year = {name: folder / f"{name}.csv" for name in nation.BY_YEAR}
    for name, path in by_year.items():
        nation.write_figures_by_year(path, NETHERLANDS, name)
    nation.write_boundaries(outlines, NETHERLANDS.codes(), points=5)
    return [wide, *by_year.values(), outlines]


def in_a_process(work: Work, files: list[Path]) -> tuple[float, int]:
    """Seconds and the highest memory (MB) of some work in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, work, files).result()


def _measured(work: Work, files: list[Path]) -> tuple[float, int]:
    began = time.perf_counter()
    work(files)
    seconds = time.perf_counter() - began
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def brought_in(files: list[Path]) -> None:
    """Import the files, as the command does."""
    services.import_places(
        YEAR,
        figures=[path for path in files if path.suffix == ".csv"],
        boundaries=[path for path in files if path.suffix != ".csv"],
        actor=system(),
    )


def copied(files: list[Path]) -> None:
    """Read the files and copy every cell into a table without keys."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare (code text, title text, value text)")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for path in files:
                if path.suffix == ".csv":
                    with path.open(newline="") as file:
                        titles, *rows = csv.reader(file)
                        for row in rows:
                            for title, value in zip(titles[1:], row[1:], strict=True):
                                copy.write_row((row[0], title, value))
                else:
                    json.loads(path.read_bytes())
