"""The demonstration can be told on any day."""

import datetime as dt

import pytest
from django.utils import timezone

from wijkverbond.actions.queries import pledges
from wijkverbond.coalition.models import Coalition
from wijkverbond.demo import seeding
from wijkverbond.vitality import queries as vitality


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["2028-02-29T00:10", "2027-12-31T23:50", "2026-10-25T02:30"])
def test_the_story_is_the_same_on_any_day(moment: str, is_long: bool) -> None:
    if not is_long:
        pytest.skip("only with --long; every run tells it of its own day")
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
