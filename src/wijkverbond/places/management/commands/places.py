"""Official figures and boundaries: places fetch, import, show and area."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, ActorKind, Channel
from wijkverbond.places import divisions, json_export, official_sources, queries, services
from wijkverbond.places.downloads import NotFetched
from wijkverbond.places.json_export import AreaDocument, ImportDocument, PlaceDocument
from wijkverbond.places.table_reader import UnreadableFile

NOT_DONE, WRONG_CALL = 1, 2
FIRST_YEAR = 1995


class Command(BaseCommand):
    """Brings in official figures and boundaries, and shows what is known about a place or area."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The four things one can ask."""
        commands = parser.add_subparsers(dest="asked", required=True)
        fetch = commands.add_parser("fetch", help="fetch a municipality's own, and bring them in")
        fetch.add_argument("--municipality", required=True, metavar="CODE", help="such as GM0106")
        fetch.add_argument("--year", type=int, required=True, help="the year of the division")
        fetch.add_argument("--folder", type=Path, help="where the files are kept; goes on there")
        bring = commands.add_parser("import", help="bring in tables and boundaries; repeatable")
        bring.add_argument("--year", type=int, required=True, help="the year of the division")
        bring.add_argument("--figures", type=Path, nargs="+", action="extend", default=[])
        bring.add_argument("--boundaries", type=Path, nargs="+", action="extend", default=[])
        show = commands.add_parser("show", help="one place with its figures and reference values")
        show.add_argument("codes", metavar="CODE", nargs=1)
        area = commands.add_parser("area", help="places as one area: sums and weighted means")
        area.add_argument("codes", metavar="CODE", nargs="+")
        for each in (show, area):
            each.add_argument("--year", type=int, help="the division; the newest when left out")
        for each in (fetch, bring, show, area):
            each.add_argument("--json", action="store_true")

    def handle(self, *_: object, asked: str, **options: Any) -> None:
        """Do what is asked; JSON alone goes to standard output."""
        try:
            self._answer(asked, options)
        except DatabaseError as error:
            raise CommandError(f"The database refused: {error}", returncode=NOT_DONE) from error

    def _answer(self, asked: str, options: dict[str, Any]) -> None:
        if asked == "fetch":
            report = self._fetch(options["municipality"].strip().upper(), options)
            self.stdout.write(_json(report))
            return
        if asked == "import":
            report = self._import(options["year"], options["figures"], options["boundaries"])
            self.stdout.write(_json(report))
            return
        codes = [code.strip().upper() for code in options["codes"]]
        for code in codes:
            if not divisions.level_of(code):
                raise CommandError(f"{code!r} is not a code of CBS.", returncode=WRONG_CALL)
        document = (_show if asked == "show" else _area)(codes, options["year"])
        self.stdout.write(_json(document) if options["json"] else _readable(document))

    def _fetch(self, municipality: str, options: dict[str, Any]) -> ImportDocument:
        if divisions.level_of(municipality) != divisions.Level.MUNICIPALITY:
            what = f"{municipality!r} is not the code of a municipality, such as GM0106."
            raise CommandError(what, returncode=WRONG_CALL)
        year = options["year"]
        try:
            folder = options["folder"] or official_sources.folder_of(municipality, year)
        except (NotFetched, OSError) as error:
            raise CommandError(str(error), returncode=NOT_DONE) from error
        try:
            fetched = official_sources.fetch(municipality, year, folder)
        except (NotFetched, OSError) as error:
            again = f"What was fetched stands in {folder}; the same call goes on from there."
            raise CommandError(f"{error}\n{again}", returncode=NOT_DONE) from error
        try:
            return self._import(year, fetched.figures, fetched.boundaries)
        except CommandError:
            fetched.throw_away()
            raise

    def _import(self, year: int, figures: list[Path], boundaries: list[Path]) -> ImportDocument:
        actor = Actor(kind=ActorKind.OPERATOR, channel=Channel.COMMAND)
        if not FIRST_YEAR <= year <= clock.now().year + 1:
            raise CommandError(f"--year {year} is not a year of a division.", returncode=WRONG_CALL)
        if not figures and not boundaries:
            raise CommandError("Name files after --figures or --boundaries.", returncode=WRONG_CALL)
        for path in (*figures, *boundaries):
            if not path.is_file():
                raise CommandError(f"{path} is not a file.", returncode=WRONG_CALL)
        try:
            report = services.import_places(
                year, figures=figures, boundaries=boundaries, actor=actor
            )
        except (UnreadableFile, OSError) as error:
            raise CommandError(f"{error}\nNothing was stored.", returncode=NOT_DONE) from error
        for why, times in Counter(skipped.why for skipped in report.skipped).most_common(5):
            self.stderr.write(f"skipped, {times} ×: {why}")
        return json_export.of_import(report)


def _json(document: ImportDocument | PlaceDocument | AreaDocument) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def _show(codes: list[str], year: int | None) -> PlaceDocument:
    place = queries.find(codes[0], year)
    if place is None:
        raise CommandError(_unknown(codes, year), returncode=NOT_DONE)
    return json_export.of_place(place, queries.profile([place.code], place.year))


def _area(codes: list[str], year: int | None) -> AreaDocument:
    division = year or queries.newest_year(codes)
    missing = [code for code in codes if division is None or not queries.find(code, division)]
    if missing or division is None:
        raise CommandError(_unknown(missing, division), returncode=NOT_DONE)
    area = queries.area(codes, division)
    if not area.buurten:
        reason = f"The division of {division} has no neighbourhoods here."
        raise CommandError(reason, returncode=NOT_DONE)
    return json_export.of_area(area)


def _unknown(codes: list[str], year: int | None) -> str:
    division = f"the division of {year}" if year else "one division together"
    return f"Not known in {division}: {', '.join(codes)}. Import it with: places import."


def _readable(document: PlaceDocument | AreaDocument) -> str:
    """The document as lines to read: who, how many, and each figure with its years."""
    lines = [
        f"{name}: {value}"
        for name, value in document.items()
        if isinstance(value, str | int) or name in ("places", "missing", "computed")
    ]
    for code, series in document["figures"].items():
        described = document["indicators"][code]
        values = ", ".join(f"{value} ({year})" for year, value in series.items())
        lines.append(f"{described['name']} [{described['unit']}]: {values}")
    return "\n".join(lines)
