"""The demonstration can be told on any day."""

import datetime as dt

import pytest
from django.utils import timezone

from wijkverbond.actions.queries import pledges
from wijkverbond.coalition.models import Coalition
from wijkverbond.demo import seeding
from wijkverbond.vitality import queries as vitality

# The hour that there is twice always; the others when the heavy proofs are asked for.
TWICE, *OTHERS = "2026-10-25T02:30", "2028-02-29T00:10", "2027-12-31T23:50"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell the story at each moment; without `--long` at one."""
    is_long = metafunc.config.getoption("--long")
    metafunc.parametrize("moment", [TWICE, *OTHERS] if is_long else [TWICE])


@pytest.mark.django_db
def test_the_story_is_the_same_on_any_day(moment: str) -> None:
    now = timezone.make_aware(dt.datetime.fromisoformat(moment))

    assert seeding.seed(now)

    pittelo = Coalition.objects.get(slug="pittelo")
    reading = vitality.reading(pittelo, timezone.localdate(now))
    assert (reading.overall, reading.weakest) == ("becoming_vital", "benefit")
    assert reading.conditions["facilitation"].state.code != "absent"
    in_progress = pledges.pledges_in_progress(pittelo, now)
    assert [progress.late for progress in in_progress if progress.late] == []
    assert [
        progress.pledge.party.name
        for progress in in_progress
        if progress.last and progress.last.verdict != "kept"
    ] == ["Winkeliersvereniging (voorbeeld)"]
