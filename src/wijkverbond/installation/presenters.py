"""The steps of setting up the site, as its pages show them."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.installation import queries
from wijkverbond.installation.models import TEXTS, FirstRun, Step
from wijkverbond.kernel import site
from wijkverbond.kernel.models import SiteDetails

WHAT: Mapping[Step, str | Promise] = {
    Step.NAME: _("What the site is called, and which organisation hosts it."),
    Step.MAIL: _("From which address the site mails, and a mail to try."),
    Step.HOST: _("You sign in, with a second step, and look after the site from then on."),
    Step.CONTACT: _("How people reach the organisation that hosts the site."),
    Step.PRIVACY: _("Who answers for the data about people, and why it may be kept."),
    Step.ACCESSIBILITY: _("How far everyone can use the site, and what to do when you cannot."),
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


def _chapters(first_run: FirstRun | None) -> Iterator[Chapter]:
    state = "now"
    for number, step in enumerate(Step, start=1):
        is_done = is_published(step) if step in TEXTS else not first_run or step in first_run.passed
        yield Chapter(
            number, step.label, WHAT[step], reverse(f"installation:{step}"),
            "done" if is_done else state,
        )  # fmt: skip
        if not is_done:
            state = "next"
