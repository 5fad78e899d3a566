"""The steps of setting up the site, as its pages show them."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.installation.models import FirstRun, Step

WHAT: Mapping[Step, str | Promise] = {
    Step.NAME: _("What the site is called, and which organisation hosts it."),
    Step.MAIL: _("From which address the site mails, and a mail to try."),
    Step.HOST: _("You sign in, with a second step, and look after the site from then on."),
}


@dataclasses.dataclass(frozen=True)
class Chapter:
    """A step: where it is, and `done`, `now` or `next`."""

    number: int
    title: str | Promise
    what: str | Promise
    url: str
    state: str


def chapters(first_run: FirstRun | None) -> Sequence[Chapter]:
    """All steps; the first that is not done is now."""
    return list(_chapters(first_run))


def _chapters(first_run: FirstRun | None) -> Iterator[Chapter]:
    state = "now"
    for number, step in enumerate(Step, start=1):
        is_done = not first_run or step in first_run.passed
        yield Chapter(
            number, step.label, WHAT[step], reverse(f"installation:{step}"),
            "done" if is_done else state,
        )  # fmt: skip
        if not is_done:
            state = "next"
