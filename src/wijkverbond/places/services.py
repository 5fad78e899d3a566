"""Bringing in official figures and boundaries: the only code that writes places."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop as _

from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.places import boundary_files, policies, table_reader
from wijkverbond.places.import_staging import MergeResult, Staging
from wijkverbond.places.reasons import because

DATA = Path(__file__).parent / "data"


@dataclasses.dataclass(frozen=True)
class Skipped:
    """Something that was not taken over: where it stands, and why not (`reasons.in_words`)."""

    where: str
    why: str


@dataclasses.dataclass
class FileReport:
    """What came of one file. Every row read is stored, unchanged or skipped."""

    file: str
    read: int = 0
    stored: int = 0
    unchanged: int = 0
    skipped: int = 0


@dataclasses.dataclass
class ImportReport:
    """What came of an import, file by file, with everything that was skipped.

    `skipped` also names single cells and unknown columns; their rows count by what else they hold.
    """

    files: list[FileReport] = dataclasses.field(default_factory=list)
    skipped: list[Skipped] = dataclasses.field(default_factory=list)

    @property
    def read(self) -> int:
        """Rows and features read."""
        return sum(file.read for file in self.files)

    @property
    def stored(self) -> int:
        """Rows and features that were new or changed something."""
        return sum(file.stored for file in self.files)

    @property
    def unchanged(self) -> int:
        """Rows and features that were stored like this already."""
        return sum(file.unchanged for file in self.files)


@transaction.atomic
def import_places(
    year: int, *, figures: Sequence[Path] = (), boundaries: Sequence[Path] = (), actor: Actor
) -> ImportReport:
    """Bring in tables of figures and files of boundaries for the division of a year.

    All or nothing: raises `table_reader.UnreadableFile` or OSError for a file that cannot be used as a
    whole, and then nothing is stored. Repeatable: what is stored already stays as it is. Of a figure
    given twice the first file counts.
    """
    require(policies.may_import(actor))
    staging = Staging(year)
    report = ImportReport([FileReport(path.name) for path in (*figures, *boundaries)])
    for path in (*figures, *boundaries):
        table_reader.refuse_other_forms(path)
    for number, path in enumerate(figures):
        with path.open("rb") as file:
            table = table_reader.Table(file, path.name, year, this_year=actor.now.year)
            _stage_table(staging, report, number, table)
    for number, path in enumerate(boundaries, start=len(figures)):
        _stage_boundaries(staging, report, number, boundary_files.boundaries(path, year))
    for file_report in report.files:
        _refuse_useless(file_report, report.skipped)
    _complete(report, staging.merge(), tables=len(figures))
    return report


def load_assen(*, actor: Actor) -> ImportReport:
    """Bring in the compact files that come with the software: Assen and its reference values."""
    reports = [
        import_places(
            int(folder.name),
            figures=sorted(folder.glob("*.csv")),
            boundaries=sorted(folder.glob("*.geojson")),
            actor=actor,
        )
        for folder in sorted((DATA / "assen").iterdir())
    ]
    return ImportReport(
        [file for report in reports for file in report.files],
        [skipped for report in reports for skipped in report.skipped],
    )


def _stage_table(
    staging: Staging, report: ImportReport, number: int, table: table_reader.Table
) -> None:
    file = report.files[number]
    for title in table.ignored:
        report.skipped.append(
            Skipped(
                because(_("%(file)s, column %(column)s"), file=file.file, column=title),
                because(_("no key figure of one year is known by this name")),
            )
        )
    for row in table:
        file.read += 1
        if row.why_not:
            file.skipped += 1
            report.skipped.append(Skipped(_line(file.file, row.line), row.why_not))
            continue
        for cell in row.bad_cells:
            where = because(
                _("%(line)s, column %(column)s"),
                line=_line(file.file, row.line),
                column=cell.column,
            )
            report.skipped.append(Skipped(where, cell.why_not))
        staging.add(
            number, row.line, row.code,
            name=row.name, province=row.province, figures=row.figures,
        )  # fmt: skip


def _stage_boundaries(
    staging: Staging,
    report: ImportReport,
    number: int,
    features: Sequence[boundary_files.BoundaryFeature],
) -> None:
    file = report.files[number]
    for feature in features:
        file.read += 1
        if feature.why_not:
            file.skipped += 1
            report.skipped.append(Skipped(_feature(file.file, feature.number), feature.why_not))
            continue
        staging.add(
            number, feature.number, feature.code,
            name=feature.name, province=feature.province, area=feature.area,
        )  # fmt: skip


def _line(file: str, number: int) -> str:
    return because(_("%(file)s, line %(line)s"), file=file, line=number)


def _feature(file: str, number: int) -> str:
    return because(_("%(file)s, feature %(feature)s"), file=file, feature=number)


def _refuse_useless(file: FileReport, skipped: Sequence[Skipped]) -> None:
    if not file.read:
        raise table_reader.UnreadableFile(f"{file.file} has a heading and nothing below it")
    if file.skipped == file.read:
        why = next(each.why for each in skipped if each.where.startswith(f"{file.file}, "))
        raise table_reader.UnreadableFile(f"{file.file} has nothing that can be used: {why}")


def _complete(report: ImportReport, result: MergeResult, *, tables: int) -> None:
    for number, file in enumerate(report.files):
        file.stored, file.unchanged = result.counts.get(number, (0, 0))

    def where(number: int, spot: int) -> str:
        return (_line if number < tables else _feature)(report.files[number].file, spot)

    for unknown in result.unknown:
        report.files[unknown.file].skipped += 1
        why = because(
            _("%(code)s is not known in this division; import the table with its name first"),
            code=unknown.code,
        )
        report.skipped.append(Skipped(where(unknown.file, unknown.spot), why))
    for orphan in result.orphans:
        why = because(
            _("%(code)s stands in no district of this division; import that too"), code=orphan.code
        )
        report.skipped.append(Skipped(where(orphan.file, orphan.spot), why))
    for conflict in result.conflicts:
        why = because(
            _("%(indicator)s of %(year)s was given before with another value"),
            indicator=conflict.indicator,
            year=conflict.year,
        )
        report.skipped.append(Skipped(where(conflict.file, conflict.spot), why))
