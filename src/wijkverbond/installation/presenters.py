"""The steps of setting up the site, as its pages show them."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wijkverbond.installation import queries
from wijkverbond.installation.models import TEXTS, FetchingOfPlaces, FirstRun, Step
from wijkverbond.kernel import site
from wijkverbond.kernel.models import SiteDetails
from wijkverbond.places import official_sources
from wijkverbond.places import queries as places
from wijkverbond.places.reasons import in_words
from wijkverbond.places.services import ImportReport, Skipped

MOST_LINES, LONGEST_LINE = 10, 200  # of a file, in signs

WHAT: Mapping[Step, str | Promise] = {
    Step.NAME: _("What the site is called, and which organisation hosts it."),
    Step.MAIL: _("From which address the site mails, and a mail to try."),
    Step.HOST: _("You sign in, with a second step, and look after the site from then on."),
    Step.PLACES: _("Official figures and boundaries, for the neighbourhoods of your municipality."),
    Step.LOOK: _("Your colour and your logo, or those of the software."),
    Step.CONTACT: _("How people reach the organisation that hosts the site."),
    Step.PRIVACY: _("Who answers for the data about people, and why it may be kept."),
    Step.ACCESSIBILITY: _("How far everyone can use the site, and what to do when you cannot."),
    Step.FOUNDER: _("Somebody whom you ask to begin it, or nobody: everyone can begin one."),
    Step.NOTICE: _("Where people report what is against the law, and what happens then."),
}


@dataclasses.dataclass(frozen=True)
class Chapter:
    """A step: where it is, and `done`, `now` or `next`."""

    number: int
    title: str | Promise
    what: str | Promise
    url: str
    state: str


def is_published(text: Step) -> bool:
    """Whether visitors see a text: it has no gaps."""
    return not queries.gaps(text)


def names(fields: Sequence[str]) -> list[str | Promise]:
    """What people call these fields."""
    return [SiteDetails._meta.get_field(field).verbose_name for field in fields]  # type: ignore[union-attr]


def municipality_of(fetching: FetchingOfPlaces | None) -> str:
    """What the municipality is called that is fetched; empty when none is."""
    return official_sources.municipalities().get(fetching.municipality, "") if fetching else ""


def what_came_of(report: ImportReport) -> str:
    """What came of a file that was brought in, and what of it was not used, line by line."""
    [file] = report.files
    counts = gettext(
        "%(file)s: %(read)s rows read, %(stored)s brought in, %(same)s known already, %(skipped)s not used."
    ) % {
        "file": file.file,
        "read": file.read,
        "stored": file.stored,
        "same": file.unchanged,
        "skipped": file.skipped,
    }
    lines = [counts, *map(_line, report.skipped[:MOST_LINES])]
    more = len(report.skipped) - MOST_LINES
    if more > 0:
        lines.append(gettext("and %(many)s more") % {"many": more})
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


def _line(skipped: Skipped) -> str:
    line = f"{in_words(skipped.where)}: {in_words(skipped.why)}"
    return Truncator(line).chars(LONGEST_LINE)


def choices() -> dict[str, str | Promise]:
    """The words of what was chosen, for the texts."""
    accessible, ground = site.said("accessible"), site.said("privacy_ground")
    return {
        "accessible": SiteDetails.Accessible(accessible).label if accessible else "",
        "ground": SiteDetails.Ground(ground).label if ground else "",
    }


def chapters(first_run: FirstRun | None) -> Sequence[Chapter]:
    """All steps; the first that is not done is now."""
    return list(_chapters(first_run))


def _is_done(step: Step, first_run: FirstRun | None) -> bool:
    if step in TEXTS:
        return is_published(step)
    if step == Step.PLACES:
        return places.current_year() is not None
    return not first_run or step in first_run.passed


def _chapters(first_run: FirstRun | None) -> Iterator[Chapter]:
    state = "now"
    for number, step in enumerate(Step, start=1):
        is_done = _is_done(step, first_run)
        yield Chapter(
            number, step.label, WHAT[step], reverse(f"installation:{step}"),
            "done" if is_done else state,
        )  # fmt: skip
        if not is_done:
            state = "next"
