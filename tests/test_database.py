"""The tests' own database: what one test commits is no news to the next."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import database
from wijkverbond.kernel import jobs


@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_taken_away_and_the_jobs_too() -> None:
    jobs.defer("kernel.follow", streams=[])
    database.empty()
    assert not ProcrastinateJob.objects.exists()
